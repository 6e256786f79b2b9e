import { describe, expect, it } from "vitest";
import { gatehouse, stackAt } from "../support/gatehouse.js";

type Environment = Readonly<Record<string, string>>;

async function problemsOf(text: string, env: Environment = {}): Promise<{ exitCode: number | null; problems: string[] }> {
  const ran = await gatehouse(["validate", stackAt(text), "--json"], env);
  const { error } = ran.json<{ error?: { problems: { position: { line: number; column: number }; path: string; message: string }[] } }>();
  const told = (error?.problems ?? []).map((p) => `${p.position.line}:${p.position.column}: ${p.path}: ${p.message}`);
  return { exitCode: ran.exitCode, problems: told };
}

describe("gatehouse validate, against the system of a stack's control plane", () => {
  it("accepts what the system has, with references and a role of its own words", async () => {
    const { exitCode, problems } = await problemsOf(`name: acme
controlPlane: { system: floopy }
members: { ada@acme.example: owner }
projects:
  checkout:
    name: Checkout
    keys: { checkout-prod: { environment: production, owner: ada@acme.example } }
`);
    expect({ exitCode, problems }).toEqual({ exitCode: 0, problems: [] });
  });

  it("refuses fields, values and kinds that it lacks, all at once, each at its place, with what it has instead", async () => {
    const { exitCode, problems } = await problemsOf(`name: acme
controlPlane: { system: floopy }
members: { ada@acme.example: finance }
projects:
  checkout:
    name: Checkout
    models: { small: { provider: openai, identifier: gpt-5-mini } }
    keys:
      checkout-prod: { environment: production, monthlyUsd: 900 }
`);
    expect(exitCode).toBe(2);
    expect(problems).toEqual([
      expect.stringMatching(/^3:30: members\.ada@acme\.example\.role: Floopy does not know finance: it has owner, admin, manager, member/),
      expect.stringMatching(/^7:15: projects\.checkout\.models\.small: Floopy keeps no models/),
      expect.stringMatching(
        /^9:61: projects\.checkout\.keys\.checkout-prod\.monthlyUsd: Floopy has no monthlyUsd on a ApiKey: cap the environment/,
      ),
    ]);
  });

  it("tells them together with what is wrong in the file itself", async () => {
    const { problems } = await problemsOf(`name: acme
controlPlane: { system: floopy }
members: { ada@acme.example: finance }
projects: { checkout: { colour: red } }
`);
    expect(problems.join("\n")).toContain("Floopy does not know finance");
    expect(problems.join("\n")).toContain("projects.checkout.colour: is not known here");
  });

  it("refuses a transport that cannot carry a kind, once a kind, and an assumed API without consent", async () => {
    const stack = (plane: string) => `name: acme
controlPlane: { system: floopy, ${plane} }
projects: { checkout: { name: Checkout }, search: { name: Search } }
`;
    const { exitCode, problems } = await problemsOf(stack("transport: api"));
    expect(exitCode).toBe(2);
    expect(problems).toEqual([
      expect.stringMatching(/^3:13: projects\.checkout: Project over transport api: .*assumed.*allowAssumed: true.*\(2 objects\)$/),
    ]);
    expect((await problemsOf(stack("transport: api, allowAssumed: true"))).exitCode).toBe(0);
    expect((await problemsOf(stack("transport: rehearsal"))).exitCode).toBe(0);
  });

  it("refuses to take over at a dashboard what may be there, which nobody can tell before", async () => {
    const stack = (adopt: string) => `name: acme
controlPlane: { system: floopy, transport: dashboard }
projects: { checkout: { name: Checkout, adopt: ${adopt} } }
`;
    const { exitCode, problems } = await problemsOf(stack("ifExists"));
    expect({ exitCode, problems }).toEqual({
      exitCode: 2,
      problems: [expect.stringMatching(/^3:13: projects\.checkout: Project over transport dashboard: nobody can tell .*`adopt: require`/)],
    });
    expect((await problemsOf(stack("require"))).exitCode).toBe(0);
  });

  it("refuses a rehearsal that would leave this machine, whoever trusts its address", async () => {
    const stack = (url: string) => `name: acme
controlPlane: { system: olyx, transport: rehearsal, url: "${url}" }
projects: { checkout: { name: Checkout } }
`;
    const trusting = { GATEHOUSE_ORIGINS: "https://app.olyx.example" };
    const { exitCode, problems } = await problemsOf(stack("https://app.olyx.example"), trusting);
    expect({ exitCode, problems }).toEqual({ exitCode: 2, problems: [expect.stringMatching(/^2:1: : rehearses at .* not this machine/)] });
    expect((await problemsOf(stack("http://127.0.0.1:1"), { GATEHOUSE_URL: "https://app.olyx.example" })).exitCode).toBe(2);
    expect((await problemsOf(stack("http://127.0.0.1:1"), trusting)).exitCode).toBe(0);
  });

  it("refuses to have undeclared objects removed where nobody can list them", async () => {
    const { problems } = await problemsOf(`name: acme
controlPlane: { system: floopy, transport: dashboard }
projects: { $exclusive: true, checkout: { name: Checkout } }
`);
    expect(problems).toEqual([
      expect.stringMatching(/^3:13: projects\.\$exclusive: needs a list of what is there, and Floopy is reached by a person/),
    ]);
  });

  it("checks each control plane of several against its own system", async () => {
    const { problems } = await problemsOf(`name: acme
controlPlanes: { ours: { system: gatehouse }, theirs: { system: floopy } }
members: { ada@acme.example: { role: finance } }
`);
    expect(problems).toEqual([expect.stringMatching(/^3:38: members\.ada@acme\.example\.role: Floopy does not know finance/)]);
  });

  it("names the file and the line on standard error, before any other command too", async () => {
    const ran = await gatehouse([
      "preview",
      stackAt("name: acme\ncontrolPlane: { system: floopy }\nroles: { ops: { permissions: [read] } }\n"),
    ]);
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toMatch(/gatehouse\.yaml:3:\d+: roles\.ops.*: Floopy has four fixed roles/);
  });
});
