import type { DatedEnd } from "../../schema/ends.js";
import type { KindName } from "../../schema/kinds/index.js";
import { known, type SeenObject } from "../policies/seen.js";
import type { StackView } from "../policies/stack-view.js";
import type { End } from "./end.js";

type Beside = DatedEnd["beside"];

/** What a person calls an object that ends, by its kind. */
const OBJECTS: Readonly<Partial<Record<KindName, (values: Beside, view: StackView, object: SeenObject) => string>>> = {
  ApiKey: ({ name }) => `key ${text(name)}`,
  OrganizationMember: ({ user }) => `membership of ${text(user)} in the organization`,
  ProjectMember: ({ user }, view, object) => `membership of ${text(user)} in ${text(view.projectOf(object)?.inputs.name ?? "a project")}`,
};

/** What a person calls an entry of a list that ends, by the list. */
const ENTRIES: Readonly<Record<string, (values: Beside) => string>> = {
  exceptions: ({ rule, object }) => `exception from ${text(rule)} for ${text(object)}`,
  approvals: ({ gate, object, by }) => `approval of ${text(gate)} for ${text(object)} by ${text(by)}`,
};

/** What ends: `key checkout-prod`. */
export function wordsFor(view: StackView, object: SeenObject, { property, beside, ofObject }: DatedEnd): string {
  const [list = ""] = property.split(".");
  if (ofObject) return OBJECTS[object.kind]?.(beside, view, object) ?? `${object.kind} ${object.name}`;
  return ENTRIES[list]?.(beside) ?? `${property} of ${object.kind} ${object.name}`;
}

/** One line without a final stop: `key checkout-prod ends on 2026-12-08, in 9 days`. */
export function endText({ what, day, rule, daysLeft, isSpent }: End): string {
  if (isSpent) return `${what} ended ${rule} ${day} and can be removed from the file`;
  return `${what} ${daysLeft > 0 ? "ends" : "ended"} ${rule} ${day}, ${timeText(daysLeft)}${daysLeft > 0 ? "" : ", and still stands"}`;
}

/** `in 9 days`, `tomorrow`, `today`, `3 days ago`. */
function timeText(daysLeft: number): string {
  if (daysLeft > 1) return `in ${daysLeft} days`;
  return daysLeft === 1 ? "tomorrow" : daysLeft === 0 ? "today" : daysLeft === -1 ? "yesterday" : `${-daysLeft} days ago`;
}

function text(value: unknown): string {
  return typeof known(value) === "string" ? String(value) : "what only an apply will know";
}
