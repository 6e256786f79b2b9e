/** The rules as Pulumi's policies, asked as the pack's server asks them: each in turn, unless it is for a type that is not there. */
import type { ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { expect, it } from "vitest";
import { policiesOf } from "../../provider/policies/pack.js";
import { ruleNameOf } from "../../provider/policies/policy-names.js";
import { RULES } from "../../provider/policies/rules/index.js";
import { typeToken } from "../../provider/provider-string.js";
import { TODAY } from "./support/rule-cases.js";

interface Resource {
  readonly kind: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
}

interface Configuration {
  readonly [policy: string]: { readonly enforcementLevel?: "disabled"; readonly [setting: string]: unknown };
}

/** What a pack tells of resources one by one and of the stack, as `policy object`, and how often it had to read either. */
function run(resources: readonly Resource[], configuration: Configuration = {}) {
  const alone: string[] = [];
  const together: string[] = [];
  const read = { resources: 0, stack: 0 };
  const asked = [{ kind: "", name: "stack", props: {} }, ...resources].map(({ kind, name, props }) => ({
    type: kind === "" ? "pulumi:pulumi:Stack" : typeToken(kind),
    name,
    urn: `urn:pulumi:dev::acme::${kind}::${name}`,
    props,
    propertyDependencies: {},
  }));
  const policies = policiesOf(RULES, () => TODAY).filter(({ name }) => configuration[name]?.enforcementLevel !== "disabled");
  const settingsOf = (name: string) => () => configuration[name] ?? {};
  const isFor = (validation: unknown) => (validation as { readonly __pulumiType?: string }).__pulumiType;
  for (const resource of asked) {
    for (const policy of policies) {
      if (!("validateResource" in policy) || typeof policy.validateResource !== "function" || isFor(policy.validateResource)) continue;
      read.resources += 1;
      const args = { ...resource, getConfig: settingsOf(policy.name) } as unknown as ResourceValidationArgs;
      void policy.validateResource(args, () => alone.push(`${policy.name} ${resource.name}`));
    }
  }
  for (const policy of policies) {
    if (!("validateStack" in policy) || isFor(policy.validateStack)) continue;
    read.stack += 1;
    const args = { resources: asked, getConfig: settingsOf(policy.name) } as unknown as StackValidationArgs;
    void policy.validateStack(args, (_message: unknown, urn?: string) => together.push(`${policy.name} ${urn?.split("::").at(-1)}`));
  }
  return { alone, together, told: [...alone, ...together], read };
}

const project = { kind: "Project", name: "p", props: { name: "P", slug: "p", projectId: "p1", launch: { owner: "ada@acme.example" } } };
const key = (name: string, props: object = {}): Resource => ({
  kind: "ApiKey",
  name,
  props: {
    name,
    environment: "production",
    ownerType: "service",
    owner: "ada@acme.example",
    consumer: `service-${name}`,
    hourlyUsd: 1,
    rates: { requestsPerMinute: 10 },
    expiresAt: "2026-12-31",
    project: "p1",
    ...props,
  },
});
const alert = {
  kind: "Alert",
  name: "spend",
  props: { event: "budget_exceeded", channel: { webhook: "https://hooks.acme.example", secret: "s" } },
};
const rulesTold = (told: readonly string[]) => [...new Set(told.map((line) => ruleNameOf(line.split(" ")[0] ?? "")))];

it("the pack reads each resource and the stack once, and once more for each policy that has something to tell", () => {
  const many = Array.from({ length: 50 }, (_, index) => key(`k${index}`));
  const { alone, together, read } = run([project, alert, ...many, key("loose", { project: undefined })]);
  expect(alone).toContain("production-key-is-locked loose");
  // The first resource of all calls the roll: every rule is asked for its configuration.
  expect(read.resources).toBe(54 + RULES.length + new Set(alone).size);
  expect(read.stack).toBe(1 + new Set(together.map((line) => line.split(" ")[0])).size);
});

it("the pack tells once what a resource shows alone and in the stack", () => {
  const { told } = run([project, alert, key("never", { expiresAt: undefined })]);
  expect(told.filter((line) => line.startsWith("keys-expire"))).toEqual(["keys-expire never"]);
});

it("the pack's configuration switches a rule off by its name, in every policy of it", () => {
  const objects = [project, alert, key("loose", { project: undefined }), key("dev", { environment: "development", expiresAt: undefined })];
  const all = rulesTold(run(objects).told);
  expect(all).toEqual(expect.arrayContaining(["production-key-is-locked", "keys-expire"]));
  const off = { "production-key-is-locked": { enforcementLevel: "disabled" }, "keys-expire": { enforcementLevel: "disabled" } } as const;
  const left = all.filter((name) => !(name in off));
  expect(rulesTold(run(objects, off).told)).toEqual(left);
});

it("the pack's configuration gives settings to a rule by its name, over the preset's and under the house's own", () => {
  const late = key("late", { expiresAt: "2027-06-30" });
  const judged = (house: Resource["props"], configuration: Configuration = {}) => {
    const { told } = run([{ kind: "Governance", name: "governance", props: house }, project, alert, late], configuration);
    return told.filter((line) => line.startsWith("keys-expire"));
  };
  expect(judged({})).toEqual(["keys-expire late"]);
  expect(judged({}, { "keys-expire": { maxDays: 365 } })).toEqual([]);
  expect(judged({ preset: "strict" }, { "keys-expire": { maxDays: 365 } })).toEqual([]);
  expect(judged({ settings: { "keys-expire": { maxDays: 30 } } }, { "keys-expire": { maxDays: 365 } })).toEqual(["keys-expire late"]);
});

it("no policy has a default of its own for a setting: the engine would give it as configured, over the preset", () => {
  const schemas = policiesOf(RULES).flatMap(({ configSchema }) => Object.values(configSchema?.properties ?? {}));
  expect(schemas.length).toBeGreaterThan(0);
  expect(schemas.filter((schema) => "default" in (schema as object))).toEqual([]);
});
