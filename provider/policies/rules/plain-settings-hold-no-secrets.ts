import type { Field } from "../../../schema/field.js";
import { KINDS } from "../../../schema/kinds/index.js";
import { defineRule, type Violation } from "../rule.js";
import { isNamedLikeSecret, looksLikeSecret } from "../secret-shapes.js";
import type { SeenObject } from "../seen.js";

export const plainSettingsHoldNoSecrets = defineRule({
  name: "plain-settings-hold-no-secrets",
  title: "Settings that people can read hold no secret",
  why: "Who may look at the settings may then use the key, and it stands in the file's history for good.",
  enforces: ["R-54"],
  level: "mandatory",
  settings: {},
  check: (view) => [
    ...view.objects.flatMap((object) => {
      const fields: Readonly<Record<string, Field>> = KINDS[object.kind].fields;
      return Object.entries(object.inputs).flatMap(([name, value]) =>
        secretsIn(fields[name], value, name).map((path) => plain(object, path)),
      );
    }),
    ...view
      .of("RoutingPolicy")
      .filter(({ system }) => system === "routerly")
      .flatMap(readableKeys),
  ],
  example: {
    bad: `
projects:
  shop: { name: Shop, environments: { staging: { baseUrl: "https://staging.shop.acme.example", variables: { AUTH_PASSWORD: in-clear } } } }`,
    good: `
projects:
  shop:
    name: Shop
    launch: { owner: lin@acme.example }
    environments:
      staging: { baseUrl: "https://staging.shop.acme.example", authPassword: { env: GATEHOUSE_AUTH_PASSWORD, version: 1 } }`,
  },
});

function plain(object: SeenObject, property: string): Violation {
  const advice = "Take it out, renew it at its issuer, and write `{ env: GATEHOUSE_…, version: 1 }` in a secret field of the object.";
  return { object, property, what: "holds a secret in clear", advice };
}

/** Paths of the secrets in a value. Members that no schema describes are judged by their names too. */
function secretsIn(field: Field | undefined, value: unknown, path: string): readonly string[] {
  if (field === undefined || field.flags.secret === true || field.flags.computed === true) return [];
  return secretsBelow(field, value, path);
}

function secretsBelow(field: Field | undefined, value: unknown, path: string): readonly string[] {
  if (typeof value === "string") return looksLikeSecret(value) ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((item, index) => inner(field?.items, item, `${path}.${index}`));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    const at = `${path}.${name}`;
    if (field?.fields !== undefined) return secretsIn(field.fields[name], item, at);
    return typeof item === "string" && isNamedLikeSecret(name, item) ? [at] : inner(field?.items, item, at);
  });
}

function inner(field: Field | undefined, value: unknown, path: string): readonly string[] {
  return field?.flags.secret === true ? [] : secretsBelow(field, value, path);
}

/** what is sent as a secret there is stored among the settings of the policy, which every login reads. */
function readableKeys(object: SeenObject<"RoutingPolicy">): readonly Violation[] {
  const { policies } = object.inputs;
  if (!Array.isArray(policies)) return [];
  return policies.flatMap(({ embeddingApiKey }, index) => {
    if (embeddingApiKey === undefined) return [];
    const advice = "Use a key that can do nothing but embed, under a low cap, or an embedding service without one.";
    const what = "gives the policy a key that every user of Routerly can read";
    return [{ object, property: `policies.${index}.embeddingApiKey`, what, advice, onlyAdvice: "always" }];
  });
}
