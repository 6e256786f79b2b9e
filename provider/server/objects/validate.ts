import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { type Fields, objectSchema } from "../../../schema/field.js";
import type { Kind, Problem } from "../../../schema/kind.js";
import type { Values } from "../store/objects.js";
import { isValues } from "./changed-properties.js";
import { whyNotWritable, writableFields } from "./writable-fields.js";

const ajv = new Ajv2020({ allErrors: true, strict: false });
addFormats.default(ajv);

const compiled = new WeakMap<Kind, ValidateFunction>();

/** Everything that is wrong with an object as a client gives it. `sent` is the body of the request, `values` the object it makes. */
export function problemsOf(kind: Kind, sent: Values, values: Values): Problem[] {
  const unknown = unknownProperties(kind, writableFields(kind), sent);
  const schema = compiledSchema(kind);
  schema(values);
  const violations = (schema.errors ?? []).map(problemOf).filter((p) => p !== undefined);
  const all = [...unknown, ...violations];
  return all.length > 0 ? withoutRepeats(all) : [...kind.rules(values)];
}

function compiledSchema(kind: Kind): ValidateFunction {
  const known = compiled.get(kind);
  if (known !== undefined) return known;
  const made = ajv.compile(objectSchema(writableFields(kind)));
  compiled.set(kind, made);
  return made;
}

/** Found in the request itself, because a merge would drop an unknown property that is null. */
function unknownProperties(kind: Kind, fields: Fields, sent: Values, prefix = ""): Problem[] {
  return Object.entries(sent).flatMap(([name, value]) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) {
      return [
        { property: `${prefix}${name}`, reason: prefix === "" ? whyNotWritable(kind, name) : `is no property of ${prefix.slice(0, -1)}` },
      ];
    }
    return field.fields !== undefined && isValues(value) ? unknownProperties(kind, field.fields, value, `${prefix}${name}.`) : [];
  });
}

function problemOf(error: ErrorObject): Problem | undefined {
  const at = error.instancePath.split("/").slice(1).map(unescapePointer);
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case "required":
      return { property: [...at, String(params.missingProperty)].join("."), reason: "is required" };
    case "additionalProperties":
      return { property: [...at, String(params.additionalProperty)].join("."), reason: "is no known property" };
    case "enum":
      return { property: at.join("."), reason: `must be one of ${(params.allowedValues as unknown[]).join(", ")}` };
    default:
      return { property: at.join("."), reason: error.message ?? "is not valid" };
  }
}

function unescapePointer(token: string): string {
  return token.replaceAll("~1", "/").replaceAll("~0", "~");
}

function withoutRepeats(problems: readonly Problem[]): Problem[] {
  return problems.filter((p, index) => problems.findIndex((other) => other.property === p.property) === index);
}
