import { type JsonSchema, SECRET_REFERENCE_SCHEMA, SECRET_VARIABLE_PATTERN } from "./field.js";
import { SYSTEMS } from "./systems/index.js";

/** How a change reaches a control plane. */
export const TRANSPORTS = ["api", "dashboard", "rehearsal"] as const;

const strict = (properties: Record<string, JsonSchema>, rest: JsonSchema = {}): JsonSchema => ({
  type: "object",
  additionalProperties: false,
  properties,
  ...rest,
});

const variable: JsonSchema = {
  type: "string",
  pattern: SECRET_VARIABLE_PATTERN,
  title: "the name of an environment variable that begins with GATEHOUSE_, in capital letters, digits and _",
};

const credential = (description: string): JsonSchema =>
  strict(
    { env: { ...variable, description: "Environment variable that holds the value; begins with GATEHOUSE_." } },
    { required: ["env"], title: "{ env: GATEHOUSE_… }: a secret never stands in a file", description },
  );

const controlPlane: JsonSchema = strict(
  {
    system: { type: "string", enum: SYSTEMS, description: "The product that answers; `gatehouse` is the embedded control plane." },
    url: {
      type: "string",
      pattern: "^https?://[^\\s/?#@]+([/?#]\\S*)?$",
      title: "an http or https address without user and password, like https://gateway.acme.example",
      description: "Address of the control plane. GATEHOUSE_URL overrides it when requests are made.",
    },
    transport: {
      type: "string",
      enum: TRANSPORTS,
      description: "How changes get there; `dashboard`, by a person, where no write API is documented.",
    },
    credentials: strict(
      {
        token: credential("Bearer token. GATEHOUSE_TOKEN when absent."),
        email: credential("E-mail address to log in with."),
        password: credential("Password to log in with."),
      },
      {
        oneOf: [{ required: ["token"] }, { required: ["email", "password"] }],
        title: "{ token: { env: GATEHOUSE_… } }, or { email: { env: GATEHOUSE_… }, password: { env: GATEHOUSE_… } }",
        description: "Names of the environment variables that hold the credentials.",
      },
    ),
    allowAssumed: { type: "boolean", description: "Use mappings that no documentation of the system confirms." },
  },
  { required: ["system"] },
);

/** What a secret field takes in a file: where the value is found, never the value. */
export const FILE_SECRET: JsonSchema = {
  ...strict({ ...propertiesOfBranch(0), ...propertiesOfBranch(1) }),
  oneOf: [{ required: ["env"] }, { required: ["file"] }],
  title: "{ env: GATEHOUSE_…, version } or { file: …, version }: a secret never stands in a file",
};

function propertiesOfBranch(index: number): Record<string, JsonSchema> {
  const branch = (SECRET_REFERENCE_SCHEMA.oneOf as JsonSchema[])[index] as { properties: Record<string, JsonSchema> };
  const { env } = branch.properties;
  return { ...branch.properties, ...(env ? { env: { ...env, title: String(variable.title) } } : {}) };
}

const DATE: JsonSchema = { type: "string", format: "date" };

const ignoreRule: JsonSchema = strict(
  {
    match: { type: "string", minLength: 1, description: "Name of the object; `*` stands for any characters." },
    reason: { type: "string", minLength: 1, description: "Why the object may be there undeclared." },
    until: { ...DATE, description: "Last day of the rule (`2027-06-30`)." },
  },
  { required: ["match", "reason"] },
);

const ADOPT: JsonSchema = {
  type: "string",
  enum: ["never", "ifExists", "require"],
  description: "What to do with declared objects that exist already: an error (`never`, the default), take them over, or insist on it.",
};

/** Settings that stand among the entries of a collection. */
export const COLLECTION_SETTINGS: Readonly<Record<string, JsonSchema>> = {
  $exclusive: { type: "boolean", description: "Remove what is on the control plane and not declared here." },
  $ignore: { type: "array", items: ignoreRule, description: "Undeclared objects that are known and left alone." },
  $adopt: ADOPT,
};

/** Settings that every entry of a collection takes besides its fields. */
export const ENTRY_SETTINGS: Readonly<Record<string, JsonSchema>> = {
  renamedFrom: {
    if: { type: "array" },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    then: { type: "array", minItems: 1, items: { type: "string", minLength: 1 } },
    else: { type: "string", minLength: 1 },
    title: "the former path, like projects/checkout/keys/checkout-old, or a list of them",
    description: "Former path of this entry (or a list): keeps the object when its place in the file changes.",
  },
};

/** Names the control planes that a thing is on, where a stack has several. */
export const ON: JsonSchema = {
  type: "array",
  minItems: 1,
  uniqueItems: true,
  items: { type: "string", minLength: 1 },
  description: "Control planes this is on, by name; all of them when absent. Only with `controlPlanes`.",
};

/** Blocks of a stack file that declare no kind. */
export const BLOCKS: Readonly<Record<string, JsonSchema>> = {
  name: {
    type: "string",
    pattern: "^[A-Za-z0-9_.-]{1,100}$",
    title: "a name of up to 100 letters, digits, hyphens, underscores and points",
    description: "Name of the stack's project. State of another name is never touched.",
  },
  controlPlane: { ...controlPlane, description: "The control plane everything here is on." },
  controlPlanes: {
    type: "object",
    minProperties: 1,
    propertyNames: { type: "string", pattern: "^[a-z][a-z0-9-]{0,62}$", title: "a name in lower-case letters, digits and hyphens" },
    additionalProperties: controlPlane,
    description: "Several control planes by name; `on` says what is on which.",
  },
  adopt: { ...ADOPT, description: `${String(ADOPT.description)} Holds for the whole file.` },
  owns: strict(
    {
      projects: {
        type: "array",
        minItems: 1,
        uniqueItems: true,
        items: { type: "string", minLength: 1 },
        description: "Keys of the projects in this file.",
      },
    },
    {
      required: ["projects"],
      title: "{ projects: [checkout] }",
      description: "Team files only: the projects that this file may hold, and nothing else.",
    },
  ),
};
