/** Columns of a line, as for all files here. */
const WIDTH = 140;

/** JSON as the formatter of this repository leaves it: what fits on a line stands on one. `taken` columns of its first are in use. */
export function written(value: unknown, indent = "", taken = 0): string {
  const flat = onOneLine(value);
  if (indent.length + taken + flat.length <= WIDTH && !(indent === "" && isObject(value))) return flat;
  const inner = `${indent}  `;
  if (Array.isArray(value)) return `[\n${value.map((item) => inner + written(item, inner, 1)).join(",\n")}\n${indent}]`;
  if (!isObject(value)) return flat;
  const members = Object.entries(value).map(([name, member]) => {
    const label = `${JSON.stringify(name)}: `;
    return inner + label + written(member, inner, label.length + 1);
  });
  return `{\n${members.join(",\n")}\n${indent}}`;
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(", ")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${onOneLine(member)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
