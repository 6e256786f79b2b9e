import { Script } from "node:vm";
import { describe, expect, it } from "vitest";
import { pasted } from "../support/pasted.js";
import { HEAD, key, listed, STACK, stackOf, unmanagedAmong } from "./support.js";

const inCheckout = { project: "prj_1" };
const KINDS_OF_OBJECTS = [
  key("legacy-prod", { ...inCheckout, environment: "production", description: "for the # nightly:\njob, it's {odd}", hourlyUsd: 9 }),
  key("roaming", { defaultProject: "prj_1", environment: "development" }),
  listed("OrganizationMember", "m1", { user: "eve@acme.example", role: "viewer", status: "active" }),
  listed("ProjectMember", "m2", { user: "eve@acme.example", role: "editor", status: "active" }, { owner: "prj_1" }),
  listed("Model", "m", { name: "GPT 4", identifier: "gpt-4", provider: "openai", ...inCheckout }),
  listed("Budget", "b", { name: "123", amountUsd: 5, period: "month", ...inCheckout }),
  listed("EnvironmentLimit", "l", { environment: "staging", monthlyUsd: 5 }),
  listed("RoutingPolicy", "r", { project: "prj_1", policies: [{ type: "health" }] }),
  listed("Role", "ro", { name: "auditor", permissions: ["project:read"] }),
];

describe("the ready lines of an object", () => {
  it("are one line each, stand where they say, and make a stack without a problem, one by one and all together", () => {
    const found = unmanagedAmong(KINDS_OF_OBJECTS);
    expect(found).toHaveLength(KINDS_OF_OBJECTS.length);
    const lines = found.flatMap(({ adopt, ignore, remove }) => [adopt, ignore, remove]).filter(({ line }) => line !== undefined);
    expect(lines.length).toBe(3 * found.length - 2);
    for (const ready of lines) {
      expect(ready.line).not.toContain("\n");
      expect(() => stackOf(pasted(STACK, ready)), ready.line).not.toThrow();
    }
    const adopted = stackOf(found.reduce((text, { adopt }) => pasted(text, adopt), STACK));
    expect(adopted.declarations.filter(({ inputs }) => inputs.adopt === "require")).toHaveLength(found.length);
    const ignored = found.reduce((text, { ignore }) => (ignore.line === undefined ? text : pasted(text, ignore)), STACK);
    expect(unmanagedAmong(KINDS_OF_OBJECTS, { stack: ignored }).map(({ kind }) => kind)).toEqual(["RoutingPolicy"]);
  });

  it("say everything that the control plane holds, so that taking it over changes nothing", () => {
    const [production] = unmanagedAmong(KINDS_OF_OBJECTS);
    expect(production?.adopt).toMatchObject({
      under: "projects.checkout.keys",
      line: `legacy-prod: { adopt: require, environment: production, description: "for the # nightly:\\njob, it's {odd}", hourlyUsd: 9 }`,
    });
  });

  it("ignore for 90 days, with a reason that a person must still write", () => {
    const [{ ignore } = {}] = unmanagedAmong([key("stray", inCheckout)]);
    expect(ignore).toMatchObject({ under: "projects.checkout.keys.$ignore" });
    expect(ignore?.line).toMatch(/^- \{ match: stray, reason: "TODO: .*", until: 2027-02-19 \}$/);
  });

  it("go into the file that has the project, and else into the one of the organization", () => {
    const [inProject, alone] = unmanagedAmong([key("a", inCheckout), key("b")]);
    for (const found of [inProject, alone]) expect(found?.adopt.file).toMatch(/gatehouse\.yaml$/);
    expect(alone?.adopt.under).toBe("keys");
  });

  it("say of what is in an undeclared project to begin with that", () => {
    const legacy = listed("Project", "prj_2", { name: "Legacy", slug: "legacy" });
    const [old, project] = unmanagedAmong([legacy, key("old", { project: "prj_2", environment: "staging" })]);
    expect(old).toMatchObject({
      adopt: { under: "projects.legacy.keys", note: "What it is in, or refers to, is not declared either: adopt that first." },
      ignore: { note: "Ignore legacy, which it is in: that silences everything in it." },
    });
    expect(old?.ignore).not.toHaveProperty("line");
    expect(project?.adopt).toMatchObject({ under: "projects", line: "legacy: { adopt: require, name: Legacy }" });
    expect(() => stackOf([project, old].reduce((text, one) => pasted(text, one?.adopt ?? {}), STACK))).not.toThrow();
  });

  it("give way to the keys that the stack has, and still mean the object", () => {
    const stack = STACK.replace("Checkout AI", "Checkout AI, models: { gpt-4: { identifier: other, provider: openai } }");
    const held = [{ kind: "Model", name: "projects/checkout/models/gpt-4", ids: ["m0"] }];
    const objects = [
      listed("Model", "m0", { identifier: "other", provider: "openai", ...inCheckout }),
      listed("Model", "m1", { name: "gpt-4", identifier: "gpt-4", provider: "openai", ...inCheckout }),
    ];
    const [found] = unmanagedAmong(objects, { stack, held });
    expect(found?.adopt.line).toMatch(/^gpt-4-2: \{ adopt: require, name: gpt-4, identifier: gpt-4/);
    expect(() => stackOf(pasted(stack, found?.adopt ?? {}))).not.toThrow();
  });

  it("say that the next up removes what a collection lets go, and until when its rule says so", () => {
    const removing = (setting: string) => `${HEAD}keys: { ${setting} }\nprojects: { checkout: { name: Checkout AI } }\n`;
    const noteFor = (setting: string) => unmanagedAmong([key("stray")], { stack: removing(setting) })[0]?.remove.note;
    expect(noteFor("$exclusive: true")).toContain("`$exclusive` says so");
    expect(noteFor("$remove: [{ match: str*, reason: Nobody's, until: 2026-11-21 }]")).toContain("`$remove` says so");
    expect(noteFor("$remove: [{ match: str*, reason: Nobody's, until: 2026-11-20 }]")).toBeUndefined();
    expect(noteFor("$remove: [{ match: other, reason: Nobody's }]")).toBeUndefined();
  });

  it("name the control plane where a stack has several", () => {
    const stack = `name: acme
controlPlanes:
  main: { system: gatehouse, url: "http://127.0.0.1:8787" }
  eu: { system: gatehouse, url: "http://127.0.0.1:8788" }
projects: { checkout: { name: Checkout AI } }
`;
    const held = [{ kind: "Project", name: "controlPlanes/eu/projects/checkout", ids: ["prj_1"] }];
    const [found] = unmanagedAmong([key("stray", inCheckout)], { stack, name: "eu", held });
    expect(found).toMatchObject({ controlPlane: "eu", owner: "projects.checkout" });
    expect(found?.adopt).toMatchObject({ under: "projects.checkout.keys", line: "stray: { adopt: require, on: [ eu ] }" });
    const { declarations } = stackOf(pasted(stack, found?.adopt ?? {}));
    expect(declarations.map(({ name }) => name)).toContain("controlPlanes/eu/projects/checkout/keys/stray");
  });
});

describe("the ready lines of a program", () => {
  it("adopt by a resource, with ids in the place of names, and say how else it is done", () => {
    const objects = [key("it's-prod", { ...inCheckout, environment: "production", labels: ["a"] })];
    const [found] = unmanagedAmong(objects, { stack: null, name: "acme-eu", held: [{ kind: "Project", name: "shop", ids: ["prj_1"] }] });
    expect(found?.owner).toBe("shop");
    expect(found?.adopt.line).toBe(
      `new gatehouse.ApiKey("it's-prod", { adopt: 'require', name: "it's-prod", project: 'prj_1', environment: 'production', labels: [ 'a' ] }, { provider: acmeEu });`,
    );
    expect(() => new Script(found?.adopt.line ?? "")).not.toThrow();
    expect(found?.ignore.line ?? found?.remove.line).toBeUndefined();
    expect([found?.ignore.note, found?.remove.note]).toEqual([
      expect.stringContaining('onDelete: "release"'),
      expect.stringContaining('onDelete: "delete"'),
    ]);
  });
});
