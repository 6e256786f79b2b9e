import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { adapterOf } from "../../provider/adapters/index.js";
import { exportedObjects } from "../../provider/export/exported.js";
import type { Listed } from "../../provider/export/left-out.js";
import { remarksOn } from "../../provider/export/remarks.js";
import { type FileText, stackFiles } from "../../provider/export/stack-files.js";
import { loadStack } from "../../provider/stackfile/index.js";
import { key, listed, model, project } from "./listed.js";

const HEAD = { name: "acme", controlPlane: { system: "gatehouse" }, about: "Written for a test." };

function filesOf(all: readonly Listed[], unread: Parameters<typeof remarksOn>[1] = []): readonly FileText[] {
  const exported = exportedObjects(adapterOf("gatehouse"), all, { today: "2026-11-21" });
  return stackFiles(HEAD, exported.objects, remarksOn(exported, unread));
}

function loaded(files: readonly FileText[]) {
  const folder = mkdtempSync(join(tmpdir(), "exported-"));
  for (const { name, text } of files) writeFileSync(join(folder, name), text);
  return loadStack(folder);
}

describe("the files of an exported stack", () => {
  test("read as if a person had written them", () => {
    const use = { environment: "production", owner: "lin@acme.example", ownerType: "service", consumer: "checkout-api" };
    const [main, team] = filesOf([
      listed("Organization", "o1", { organizationId: "o1", name: "Acme", plan: "pro" }, { builtIn: true }),
      listed("OrganizationMember", "m1", { user: "ada@acme.example", role: "owner" }),
      project("p1", "checkout", { description: "One.\nTwo.", labels: ["b", "a"] }),
      listed("ProjectMember", "m2", { user: "ada@acme.example", role: "admin" }, { owner: "p1" }),
      model("m1", "gpt-5", { name: "small", project: "p1" }),
      listed("RoutingTier", "simple", { tier: "simple", model: "gpt-5" }, { owner: "p1" }),
      key("k1", "checkout-prod", { project: "p1", ...use, ipAllowList: ["10.0.0.0/8"], models: { allowed: ["gpt-5"] } }),
    ]);
    expect(main?.text).toMatchInlineSnapshot(`
      "# yaml-language-server: $schema=./stackfile.schema.json
      # Written for a test.

      name: acme
      controlPlane: { system: gatehouse }
      # Everything in this file is there already: the first \`gatehouse up\` takes it over and changes nothing. Remove the
      # line after that.
      adopt: require
      organization: { name: Acme, plan: pro }
      members:
        ada@acme.example: owner

      # Not declared here, and why:
      # - Model: whether one has apiKey is not shown, so that it stays as it is. To send one, write { env: GATEHOUSE_…,
      #   version: 1 } there.
      "
    `);
    expect(team?.text).toMatchInlineSnapshot(`
      "# yaml-language-server: $schema=./stackfile.schema.json

      owns: { projects: [checkout] }
      # Everything in this file is there already: the first \`gatehouse up\` takes it over and changes nothing. Remove the
      # line after that.
      adopt: require
      projects:
        checkout:
          name: CHECKOUT
          description: |-
            One.
            Two.
          labels: [a, b]
          members: { ada@acme.example: admin }
          models:
            small: { identifier: gpt-5, provider: openai }
          routing:
            tiers: { simple: small }
          keys:
            checkout-prod:
              environment: production
              owner: lin@acme.example
              ownerType: service
              consumer: checkout-api
              models: { allowed: [small] }
              ipAllowList: [10.0.0.0/8]
      "
    `);
  });

  test("say at their end what is left out of them and why, each in the file where it would stand", () => {
    const [main, team] = filesOf(
      [project("p1", "checkout"), key("k1", "old", { project: "p1", status: "revoked" }), key("k2", "old", { status: "revoked" })],
      [{ kind: "Budget", why: "cannot be read: Forbidden" }],
    );
    expect(main?.text).toContain(`# - ApiKey "old" ("k2") is revoked, which is for good.\n# - Budget: cannot be read: Forbidden.\n`);
    expect(team?.text).toContain(`# - ApiKey "old" ("k1") is revoked, which is for good.\n`);
  });

  test("never take a name that means something else in a folder", () => {
    expect(filesOf([project("p1", "gatehouse"), project("p2", "pulumi")]).map(({ name }) => name)).toEqual([
      "gatehouse.yaml",
      "project-gatehouse.yaml",
      "project-pulumi.yaml",
    ]);
  });

  const ODD = [
    ...["x: y", "- x", "# x", "{x}", "[x", "*x", "&x", "!x", "|", ">", "%x", "@x", "`x`", `'"`, "\t", "a\nb", "a\r\nb: c\n"],
    ...["true", "null", "~", "0x1f", "1e3", "2026-11-21", "$ignore", "$x", "renamedFrom", "on", "adopt", "__proto__", "constructor"],
    ...["🚀", "e\u0301", "\u202eabc", "\u2028", "\u0000", "x".repeat(100), "a/b", "a::b", "...", "---", " x ", "<<", "="],
  ];

  test.each(ODD)("hold an object that is called %j, exactly as it is", (name) => {
    const files = filesOf([project("p1", "p", { description: name }), key("k1", name, { project: "p1", consumer: name })]);
    const { declarations } = loaded(files);
    expect(declarations.map(({ inputs }) => inputs)).toMatchObject([{ description: name }, { name, consumer: name }]);
  });

  test.each(ODD)("tell of an object that is called %j, on a line of its comment", (name) => {
    const files = filesOf([key("k1", name, { status: "revoked" }), key("k2", "kept")]);
    expect(loaded(files).declarations.map(({ name: path }) => path)).toEqual(["keys/kept"]);
    expect(files[0]?.text).toContain("is revoked, which is for good.");
  });
});
