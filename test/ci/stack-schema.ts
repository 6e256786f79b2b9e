import { readFileSync } from "node:fs";
import { parse } from "yaml";

const text = { type: "string" } as const;
const yes = { type: "boolean" } as const;
const seconds = { type: "integer", minimum: 0 } as const;
const quantities = { type: "object", additionalProperties: { type: "string", pattern: "^\\d+(m|Mi|Gi)?$" } } as const;
const record = (properties: Readonly<Record<string, unknown>>, required: readonly string[] = []) => ({
  type: "object",
  properties,
  required,
});

const source = record(
  {
    type: { enum: ["Env", "FS", "Secret", "Literal"] },
    literal: record({ value: text }, ["value"]),
    secret: record({ name: text, key: text }, ["name", "key"]),
  },
  ["type"],
);

/** The fields of the operator's Stack (pulumi.com/v1) that the example uses, as its reference documents them. */
const DOCUMENTED = record(
  {
    apiVersion: { const: "pulumi.com/v1" },
    kind: { const: "Stack" },
    metadata: { type: "object", additionalProperties: true },
    spec: record(
      {
        serviceAccountName: text,
        stack: text,
        projectRepo: text,
        branch: text,
        repoDir: text,
        shallow: yes,
        backend: text,
        refresh: yes,
        continueResyncOnCommitMatch: yes,
        resyncFrequencySeconds: { ...seconds, minimum: 60 },
        retryMaxBackoffDurationSeconds: seconds,
        destroyOnFinalize: yes,
        envRefs: { type: "object", additionalProperties: source },
        workspaceTemplate: record({
          spec: record({
            image: text,
            securityProfile: { enum: ["baseline", "restricted"] },
            resources: record({ requests: quantities, limits: quantities }),
          }),
        }),
      },
      ["stack"],
    ),
  },
  ["apiVersion", "kind", "spec"],
);

interface Definition {
  readonly spec: { readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: object } }[] };
}

/**
 * Schema of a Stack: from the operator's CustomResourceDefinition where STACK_CRD names a copy of it, else the documented fields alone.
 * No package that the set-up can install holds the definition, and its Go module is not to be had from every module proxy.
 */
export function stackSchema(): { readonly origin: string; readonly schema: Readonly<Record<string, unknown>> } {
  const file = process.env.STACK_CRD;
  if (!file) return { origin: "the documented fields, without the operator's CRD: set STACK_CRD to a copy of it", schema: DOCUMENTED };
  const { spec } = parse(readFileSync(file, "utf8"), { maxAliasCount: -1 }) as Definition;
  const version = spec.versions.find(({ name }) => name === "v1");
  if (version === undefined) throw new Error(`${file} defines no version v1`);
  return { origin: "the operator's CRD", schema: version.schema.openAPIV3Schema as Readonly<Record<string, unknown>> };
}
