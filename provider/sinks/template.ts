import { type Field, type Flags, json } from "../../schema/field.js";
import { InvalidInput } from "../errors.js";
import type { KeyPlace } from "./sink.js";

/** What can stand in braces, and what it is in words. */
const PLACEHOLDERS: Readonly<Record<keyof KeyPlace, string>> = {
  controlPlane: "name of the control plane",
  project: "name of the project",
  key: "name of the key",
  environment: "environment class",
};

/** How a kind of place is named. No name of a key leaves its place, and no two keys share one by the way their names are joined. */
export interface NameRule {
  /** What a name must be to stand in a placeholder's place, anchored. */
  readonly name: RegExp;
  /** The same in words, after "must be". */
  readonly described: string;
  /** Characters that may stand around placeholders, as between the brackets of a regular expression. */
  readonly around: string;
  /** What must stand between two placeholders, and can be in no name. A regular expression. */
  readonly between: string;
  /** Further look-aheads of the whole template. */
  readonly whole?: string;
  /** How a name is written there, when not as it is. One-to-one over the names that the rule admits. */
  readonly written?: (name: string) => string;
  /** Longest whole place, in characters. */
  readonly maxLength?: number;
}

/** A setting in which `{project}`, `{key}`, `{environment}` and `{controlPlane}` stand for those of the key. */
export interface TemplateField<F extends Flags = Flags> extends Field<string, F> {
  readonly names: NameRule;
}

/** Such a setting. An optional one that every key has a place by when it is absent says with what: `otherwise`. */
export function template<const F extends Flags>(names: NameRule, options: F = {} as F, otherwise?: string): TemplateField<F> {
  const placeholder = `\\{(${Object.keys(PLACEHOLDERS).join("|")})\\}`;
  const around = `[${names.around}]*`;
  const pattern = `^${names.whole ?? ""}(?=.)${around}(${placeholder}(${around}${names.between}${around}${placeholder})*${around})?$`;
  const known = Object.keys(PLACEHOLDERS).map((name) => `{${name}}`);
  const title = `a text in which ${known.join(", ")} may stand, with ${names.between.replaceAll("\\", "")} between two of them, and otherwise only ${listed(names.around)}`;
  const absent = otherwise === undefined ? {} : { default: otherwise };
  return { ...json<string, F>({ type: "string", pattern, title, ...absent }, options), names };
}

export function isTemplate(field: Field): field is TemplateField {
  return "names" in field;
}

/** The place of a key by a template. Throws InvalidInput where a name of it cannot stand there. */
export function filled(text: string, names: NameRule, place: KeyPlace): string {
  const problems = fillProblems(text, names, place);
  if (problems.length > 0) throw new InvalidInput({ what: problems.join("; "), advice: RENAME });
  return fill(text, names, place);
}

function fill(text: string, { written }: NameRule, place: KeyPlace): string {
  return text.replace(/\{(\w+)\}/g, (_, name: keyof KeyPlace) => written?.(place[name]) ?? place[name]);
}

/** Why a key has no place by a template. */
export function fillProblems(text: string, names: NameRule, place: KeyPlace): readonly string[] {
  const used = [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as keyof KeyPlace))];
  const odd = used
    .filter((name) => !names.name.test(place[name]))
    .map((name) => `the ${PLACEHOLDERS[name]} ${JSON.stringify(place[name])} cannot stand in \`${text}\`: it must be ${names.described}`);
  return odd.length > 0 ? odd : lengthProblems(fill(text, names, place), names);
}

function lengthProblems(filledText: string, { maxLength }: NameRule): readonly string[] {
  if (maxLength === undefined || filledText.length <= maxLength) return [];
  return [`\`${filledText}\` has ${filledText.length} characters, and ${maxLength} are the most there`];
}

const RENAME = "Rename it, or have the operator write the place without it in the file that GATEHOUSE_SINKS names.";

/** Characters between brackets, in words. */
function listed(characters: string): string {
  const [, ranges = "", others = ""] = /^((?:A-Z|a-z|0-9)*)(.*)$/.exec(characters) ?? [];
  const letters = ranges.includes("A-Za-z") ? "letters" : ranges.includes("A-Z") ? "capitals" : "small letters";
  return `${letters}, digits and ${[...others].map((one) => (one === " " ? "spaces" : one)).join(" ")}`;
}
