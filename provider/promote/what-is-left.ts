import { type Field, memberOf } from "../../schema/field.js";
import { inputFields } from "../../schema/kind.js";
import type { Problem } from "../stackfile/index.js";
import type { Draft, DraftEntry } from "./draft.js";
import { supportIn } from "./offers.js";
import type { Way } from "./way.js";
import { weightOfField, weightOfObject } from "./weight.js";

type Values = Readonly<Record<string, unknown>>;

/** More rounds than anything could need: each takes something out. */
const MOST_ROUNDS = 10_000;

/**
 * Takes out what the target has no place for, until validation has nothing to say of any entry: what validation says is why. `problemsOf`
 * validates the draft as it stands. Answers the problems that no entry has, such as an address that is none.
 */
export function takeOutWhatIsLeft(draft: Draft, way: Way, problemsOf: (draft: Draft) => readonly Problem[]): readonly Problem[] {
  const gone = new Map<string, string>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const problems = problemsOf(draft);
    const firsts = new Map(problems.toReversed().flatMap((problem) => entryPath(draft, problem).map((name) => [name, problem] as const)));
    if (firsts.size === 0) return problems;
    for (const [name, problem] of firsts) {
      // It may have gone with what it is nested in.
      const entry = draft.entryAt(name);
      if (entry !== undefined) takeOut(draft, way, entry, problem, gone);
    }
  }
  throw new Error("a problem stays whatever is taken out");
}

/** `gone` remembers why a field went: what is not complete without it goes for the same reason. */
function takeOut(draft: Draft, way: Way, entry: DraftEntry, { path, message }: Problem, gone: Map<string, string>): void {
  const property = path.slice(entry.node.path.join(".").length + 1);
  const [name = ""] = property.split(".");
  if (keepKnownItems(draft, way, entry, name, message)) return;
  const own = valuesOf(entry);
  const removable = removableAt(entry, own, property);
  if (removable !== undefined) {
    draft.lose(entry, removable.path, { from: removable.value, why: message, ...weightOfField(entry.kind, removable.path) });
    gone.set(`${entry.name} ${name}`, message);
    return;
  }
  // A problem of a field begins with its verb: nobody sees here where it stood.
  const why = gone.get(`${entry.name} ${name}`) ?? (/^[a-z]/.test(message) && property !== "" ? `${property} ${message}` : message);
  draft.loseWhole(entry, { ...(Object.keys(own).length === 0 ? {} : { from: own }), why, ...weightOfObject(entry.kind, Object.keys(own)) });
}

/** Of a list that the target knows in part, that part stays. */
function keepKnownItems(draft: Draft, { target }: Way, entry: DraftEntry, name: string, why: string): boolean {
  const items = entry.given[name];
  const known = supportIn(target, entry.kindName)?.values?.[name];
  if (!Array.isArray(items) || known === undefined) return false;
  const kept = items.filter((one) => known.includes(one));
  if (kept.length === 0 || kept.length === items.length) return false;
  draft.tell(entry, { field: name, result: "lost", from: items.filter((one) => !known.includes(one)), why });
  draft.set(entry, name, kept);
  return true;
}

/** The innermost optional value that a problem is about. Items of a list go with the list. */
function removableAt(
  { kind, keyField }: DraftEntry,
  own: Values,
  property: string,
): { readonly path: string; readonly value: unknown } | undefined {
  let value: unknown = own;
  let field: Field | undefined = { schema: {}, flags: {}, fields: inputFields(kind) };
  const steps: string[] = [];
  let found: { readonly path: string; readonly value: unknown } | undefined;
  for (const step of property.split(".")) {
    if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, step)) break;
    value = (value as Values)[step];
    field = field === undefined ? undefined : memberOf(field, step);
    steps.push(step);
    if (field?.flags.optional && step !== keyField) found = { path: steps.join("."), value };
  }
  return found;
}

/** The fields that an entry writes itself. */
function valuesOf({ given, keyField }: DraftEntry): Values {
  return Object.fromEntries(Object.entries(given).filter(([name]) => name !== keyField));
}

/** Path of the innermost entry that a problem is about; none where it is about none. */
function entryPath(draft: Draft, { path, position }: Problem): readonly string[] {
  const about = draft.entries().filter(({ node, file }) => position.file === file.name && `${path}.`.startsWith(`${node.path.join(".")}.`));
  const [innermost] = about.toSorted((a, b) => b.node.path.length - a.node.path.length);
  return innermost === undefined ? [] : [innermost.name];
}
