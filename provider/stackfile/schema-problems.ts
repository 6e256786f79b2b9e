import type { ErrorObject, ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { JsonSchema } from "../../schema/field.js";
import { at, type Located, nearestAt } from "./located.js";
import { messageOf } from "./messages.js";
import type { Problem } from "./model.js";

/** Makes a check of what stands in a file by a schema, with the place of everything that is wrong. Values are never repeated. */
export function fileValidator(schema: JsonSchema): (root: Located, value?: unknown) => readonly Problem[] {
  const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: true });
  addFormats.default(ajv);
  const validate: ValidateFunction = ajv.compile(schema);
  return (root, value = root.value) =>
    validate(value) ? [] : (validate.errors ?? []).filter(isTold).map((error) => problemOf(root, error));
}

/** Errors that only sum up others, and those of the branches that a summary stands for, are noise. */
function isTold({ keyword, schemaPath, data }: ErrorObject): boolean {
  const ofAnotherType = keyword === "oneOf" && (typeof data !== "object" || data === null);
  return !["if", "propertyNames"].includes(keyword) && !schemaPath.includes("/oneOf/") && !ofAnotherType;
}

function problemOf(root: Located, error: ErrorObject): Problem {
  const path = pathOf(error);
  const extra = keyOf(error);
  const full = extra === undefined ? path : [...path, extra];
  return { position: positionOf(root, path, full, error.keyword), path: [...root.path, ...full].join("."), message: messageOf(error) };
}

function pathOf({ instancePath, keyword, params }: ErrorObject): readonly string[] {
  const path = instancePath
    .split("/")
    .slice(1)
    .map((step) => step.replace(/~1/g, "/").replace(/~0/g, "~"));
  return keyword === "uniqueItems" ? [...path, String(Math.max(params.i, params.j))] : path;
}

/** The key that is meant, where the error is about a key of the value and not about the value. */
function keyOf({ params, propertyName }: ErrorObject): string | undefined {
  const key = params.missingProperty ?? params.additionalProperty ?? propertyName;
  return key === undefined ? undefined : String(key);
}

function positionOf(root: Located, path: readonly string[], full: readonly string[], keyword: string) {
  const exact = at(root, full);
  if (exact === undefined) return nearestAt(root, path).keyPosition;
  return full.length > path.length || keyword === "not" ? exact.keyPosition : exact.position;
}
