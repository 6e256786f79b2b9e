import type { AccessChange, AccessSide, PlaceChange } from "./access-change.js";
import { type Limit, limitText } from "./limit.js";
import { capabilitiesText, plainText } from "./words.js";

/** One line: `bea@acme.example gained in every project: nothing → view, configure, by organization role admin`. */
export function accessChangeText({ change, subject, places }: AccessChange): string {
  return plainText(`${subject.name} ${change} ${places.map(placeChangeText).join("; ")}`);
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
  return `limits ${someOf(gone, "none")} → ${someOf(come, "none")}`;
}

function viaText(before: AccessSide, after: AccessSide): string {
  const was = someOf(before.via);
  const is = someOf(after.via);
  if (was === is) return was === "" ? "" : `by ${was}`;
  return was === "" || is === "" ? `by ${was}${is}` : `by ${was} → ${is}`;
}

const SHOWN = 3;

function someOf(names: readonly string[], none = ""): string {
  if (names.length === 0) return none;
  const more = names.length - SHOWN;
  return more > 0 ? `${names.slice(0, SHOWN).join(", ")} and ${more} more` : names.join(", ");
}
