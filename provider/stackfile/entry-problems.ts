import type { Entry } from "./entries.js";
import { problemAt } from "./located.js";
import type { Problem } from "./model.js";

/**
 * Some keys are the value itself, of a closed set or of a known form: the tier of a tier, the address of a person. A field that
 * says something else would give to another than a reader of the key thinks. Free names may differ from their key.
 */
export function contradictedKey(entry: Entry): readonly Problem[] {
  const { key, keyField } = entry;
  const node = keyField === undefined ? undefined : entry.node.children.get(keyField);
  const field = keyField === undefined ? undefined : entry.kind.fields[keyField];
  if (key === undefined || node === undefined || field === undefined) return [];
  const isTheValue = field.schema.enum !== undefined || field.schema.format !== undefined;
  return isTheValue && node.value !== key ? [problemAt(node, `contradicts its key \`${key}\`: remove it, or rename the key`)] : [];
}
