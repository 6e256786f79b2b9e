import { stackFileSchema } from "../../schema/stackfile.js";
import type { Located } from "./located.js";
import type { Problem } from "./model.js";
import { fileValidator } from "./schema-problems.js";

let validate: ReturnType<typeof fileValidator> | undefined;

/** What the schema has against a file. */
export function schemaProblems(root: Located, value: unknown = root.value): readonly Problem[] {
  validate ??= fileValidator(stackFileSchema());
  return validate(root, value);
}
