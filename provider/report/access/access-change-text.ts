import { printable } from "../render/printable.js";
import { someOf } from "../some-of.js";
import type { AccessChange, AccessSide, PlaceChange } from "./access-change.js";
import { type Limit, limitText } from "./limit.js";
import { capabilitiesText } from "./words.js";

/** One line: `bea@acme.example gained in every project: nothing → view, configure, by organization role admin`. */
export function accessChangeText(change: AccessChange): string {
  return printable(`${change.subject.name} ${bodyOf(change)}`);
}

/** More names than these stand behind what is said of them, where a line that is cut short loses the fewest words. */
const NAMES_FIRST = 3;

/** The same of several changes, one line for those that differ in nothing but whom they are about. */
export function accessChangeTexts(changes: readonly AccessChange[]): readonly string[] {
  return [...Map.groupBy(changes, bodyOf)].map(([body, ones]) => {
    const names = ones.map(({ subject }) => subject.name).join(", ");
    return printable(ones.length > NAMES_FIRST ? `all of them ${body}; they are ${names}` : `${names} ${body}`);
  });
}

function bodyOf({ change, places }: AccessChange): string {
  return `${change} ${places.map(placeChangeText).join("; ")}`;
}

function placeChangeText(place: PlaceChange): string {
  const { before, after } = place;
  const [was, is] = [capabilitiesText(before), capabilitiesText(after)];
  const parts = [was === is ? "" : `${was} → ${is}`, limitsText(before.limits, after.limits), viaText(before, after)];
  return `${whereText(place)}: ${parts.filter((part) => part !== "").join(", ")}`;
}

function whereText({ in: where, projects, except, environments }: PlaceChange): string {
  const place = {
    organization: "in the organization",
    everyProject: `in every project${except.length === 0 ? "" : ` except ${someOf(except)}`}`,
    projects: `in ${someOf(projects)}`,
  }[where];
  return environments.length === 0 ? place : `${place} (${environments.join(", ")})`;
}

/** Only the limits that differ. */
function limitsText(before: readonly Limit[], after: readonly Limit[]): string {
  const was = before.map(limitText);
  const is = after.map(limitText);
  const gone = was.filter((text) => !is.includes(text));
  const come = is.filter((text) => !was.includes(text));
  if (gone.length === 0 && come.length === 0) return "";
  return `limits ${someOf(gone) || "none"} → ${someOf(come) || "none"}`;
}

function viaText(before: AccessSide, after: AccessSide): string {
  const was = someOf(before.via);
  const is = someOf(after.via);
  if (was === is) return was === "" ? "" : `by ${was}`;
  return was === "" || is === "" ? `by ${was}${is}` : `by ${was} → ${is}`;
}
