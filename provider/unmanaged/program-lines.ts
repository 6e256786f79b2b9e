import { inspect } from "node:util";
import type { DeclaredEntry } from "../export/entry.js";
import type { UnmanagedObject } from "../report/unmanaged-object.js";
import type { ListedObject } from "./question.js";

/** The control plane of objects that name none, by the stack's configuration. */
const CONFIGURED = "main";

/** What to write into a program to adopt an object, and what to do instead of ignoring or removing it: a program declares objects only. */
export function programLines(
  { kind }: ListedObject,
  key: string,
  { declared }: Pick<DeclaredEntry, "declared">,
  controlPlane: string,
): Pick<UnmanagedObject, "adopt" | "ignore" | "remove"> {
  const args = literal({ adopt: "require", ...declared });
  const options = controlPlane === CONFIGURED ? "" : `, { provider: ${identifier(controlPlane)} }`;
  return {
    adopt: {
      line: `new gatehouse.${kind.name}(${literal(key)}, ${args}${options});`,
      note: "Give it the `provider` of the objects beside it.",
    },
    ignore: { note: 'A program ignores nothing: adopt it with `onDelete: "release"`, or load its collection from a stack file.' },
    remove: { note: 'Adopt it with `onDelete: "delete"` and run `up`; then take it out and run `up` again.' },
  };
}

function literal(value: unknown): string {
  return inspect(value, { depth: null, breakLength: Number.POSITIVE_INFINITY, compact: true, maxArrayLength: null, maxStringLength: null });
}

function identifier(name: string): string {
  return name.replaceAll(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase());
}
