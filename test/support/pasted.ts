import { isMap, isSeq, parse, parseDocument } from "yaml";
import type { ReadyLine } from "../../provider/report/unmanaged-object.js";

/** A stack file with a ready line where it says that it stands, as a person would paste it. */
export function pasted(text: string, { line = "", under = "" }: ReadyLine): string {
  const document = parseDocument(text);
  const path = pathIn(document.toJS(), under);
  const given: unknown = parse(line);
  const there = path.length === 0 ? document.contents : document.getIn(path);
  if (Array.isArray(given)) {
    if (isSeq(there)) for (const item of given) there.add(document.createNode(item));
    else document.setIn(path, document.createNode(given));
  } else {
    for (const [key, value] of Object.entries(given as object)) {
      if (isMap(there)) there.add(document.createPair(key, value));
      else document.setIn([...path, key], document.createNode(value));
    }
  }
  return document.toString();
}

/** Keys may hold points, as those of people do. */
function pathIn(value: unknown, under: string): readonly string[] {
  if (under === "") return [];
  const keys = typeof value === "object" && value !== null ? Object.keys(value) : [];
  const known = keys.find((key) => under === key || under.startsWith(`${key}.`)) ?? under.split(".")[0] ?? "";
  return [known, ...pathIn((value as Record<string, unknown> | undefined)?.[known], under.slice(known.length + 1))];
}
