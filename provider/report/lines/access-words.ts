import type { Capability } from "../../../schema/systems/roles.js";
import type { PlaceChange } from "../access/access-change.js";
import type { AccessChange } from "../access/index.js";
import { type Limit, limitText } from "../access/limit.js";
import { capabilitiesText } from "../access/words.js";
import { someOf } from "../some-of.js";

/** A change of access in one place, without ceilings, whose amounts are told elsewhere. */
export interface Difference {
  readonly place: PlaceChange;
  /** Capabilities that come, or go. */
  readonly capabilities: readonly Capability[];
  /** Those that may come, or go. */
  readonly maybe: readonly Capability[];
  /** Administration of the organization comes with them. */
  readonly administers: boolean;
  readonly limits: { readonly before: readonly Limit[]; readonly after: readonly Limit[] };
}

/** What a change of access comes to, for one subject or several alike: `kim@acme.example gains administration of the organization`. */
export function accessHeadline({ change }: AccessChange, subjects: readonly string[], differences: readonly Difference[]): string {
  const isMore = change === "gained" || change === "widened";
  const isOne = subjects.length === 1;
  const able = differences.filter(({ capabilities, maybe }) => capabilities.length + maybe.length > 0);
  const who = someOf(subjects);
  if (able.length > 0) {
    const verb = isMore ? (isOne ? "gains" : "gain") : isOne ? "loses" : "lose";
    return `${who} ${verb} ${able.map(ableText).join("; ")}`;
  }
  const [first] = differences;
  const limits = first === undefined ? "" : `: ${limitsText(first)}`;
  const where = someOf([...new Set(differences.map(({ place }) => placeText(place)))]);
  return `${who} may do ${isMore ? "more" : "less"} in ${where}${limits}`;
}

function ableText({ place, capabilities, maybe, administers }: Difference): string {
  if (administers) {
    const may = ["manageMembers", "configure"].some((one) => maybe.includes(one as Capability)) ? "what may be " : "";
    return `${may}administration of the organization`;
  }
  return `${capabilitiesText({ capabilities, maybe })} in ${placeText(place)}`;
}

function placeText({ in: where, projects, except, environments }: PlaceChange): string {
  if (where === "organization") return "the organization";
  const classes = environments.length === 0 ? "" : ` (${environments.join(", ")})`;
  if (where === "projects") return `${someOf(projects)}${classes}`;
  return `every project${except.length === 0 ? "" : ` except ${someOf(except)}`}${classes}`;
}

function limitsText({ limits: { before, after } }: Difference): string {
  const [was, is] = [before.map(limitText), after.map(limitText)];
  const gone = was.filter((text) => !is.includes(text));
  const come = is.filter((text) => !was.includes(text));
  if (gone.length === 0) return come.join("; ");
  return come.length === 0 ? `no longer ${gone.join("; ")}` : `${gone.join("; ")} → ${come.join("; ")}`;
}
