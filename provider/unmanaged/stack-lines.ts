import { dayAfter } from "../../schema/day-after.js";
import { placeOf } from "../export/place.js";
import { naturalKey } from "../lifecycle/natural-key.js";
import type { ReadyLine, UnmanagedObject } from "../report/unmanaged-object.js";
import type { Stack } from "../stackfile/index.js";
import type { Adoption } from "./entries.js";
import { valuesOf } from "./plane-objects.js";
import type { ListedObject } from "./question.js";
import { itemLine, keyLine } from "./yaml-line.js";

/** Days for which a ready `$ignore` silences: long enough to find out, too short to forget. */
const IGNORED_DAYS = 90;

/** Stands for what only a person knows. */
const REASONS = {
  $ignore: "TODO: why it may stay undeclared, and who answers for it",
  $remove: "TODO: why it goes, and who was asked",
} as const;

export interface StackLinesInput {
  readonly object: ListedObject;
  readonly adoption: Adoption;
  /** What it belongs to. */
  readonly owner: Owner | undefined;
  readonly controlPlane: string;
  /** The setting by which it goes anyway. */
  readonly removedBy: string | undefined;
  readonly stack: Stack;
  readonly today: string;
}

export interface Owner {
  /** Natural key. */
  readonly key: string;
  /** Logical name; undefined where nobody declared it. */
  readonly name: string | undefined;
}

/** What to write into a stack file to adopt, ignore or remove an object. */
export function stackLines(input: StackLinesInput): Pick<UnmanagedObject, "adopt" | "ignore" | "remove"> {
  const { path } = input.adoption.entry;
  const adopt = {
    file: fileOf(input),
    under: path.slice(0, -1).join("."),
    line: keyLine(path.at(-1) ?? "", adoptedValue(input)),
    ...noteOf(input),
  };
  return { adopt, ignore: ignoreLine(input), remove: removeLine(input) };
}

function ignoreLine(input: StackLinesInput): ReadyLine {
  const { owner, today } = input;
  if (isOfNobody(owner)) return { note: `Ignore ${owner.key}, which it is in: that silences everything in it.` };
  return ruleLine(input, "$ignore", { until: dayAfter(today, IGNORED_DAYS) });
}

function removeLine(input: StackLinesInput): ReadyLine {
  const { owner, removedBy } = input;
  if (removedBy !== undefined) return { note: `The next \`up\` removes it, as far as the gates let it: \`${removedBy}\` says so.` };
  if (isOfNobody(owner))
    return { note: `Adopt ${owner.key}, which it is in, and then remove it there; or remove ${owner.key} as a whole.` };
  return ruleLine(input, "$remove", {});
}

function ruleLine(input: StackLinesInput, setting: keyof typeof REASONS, more: object): ReadyLine {
  const { kind, remote } = input.object;
  if (placeOf(kind, valuesOf(input.object))?.place.keyField === undefined)
    return { note: "It stands in no collection: adopt it, or remove it at the control plane." };
  return {
    file: fileOf(input),
    under: [...input.adoption.entry.path.slice(0, -1), setting].join("."),
    line: itemLine({ match: naturalKey(kind, remote), reason: REASONS[setting], ...more }),
  };
}

function isOfNobody(owner: Owner | undefined): owner is Owner {
  return owner !== undefined && owner.name === undefined;
}

/** The entry says that the object must be there, and where, when not everything is everywhere. */
function adoptedValue({ adoption, object, controlPlane, stack }: StackLinesInput): object {
  const { value } = adoption.entry;
  const { shorthand = "" } = placeOf(object.kind, valuesOf(object))?.place ?? {};
  const fields = typeof value === "object" && value !== null ? value : { [shorthand]: value };
  const on = stack.controlPlanes.length > 1 ? { on: [controlPlane] } : {};
  return { adopt: "require", ...fields, ...on };
}

/** The file that has what it belongs to, else the one that concerns the organization. */
function fileOf({ stack, owner }: StackLinesInput): string {
  return stack.declarations.find(({ name }) => name === owner?.name)?.position.file ?? stack.files[0] ?? "";
}

function noteOf({ adoption: { entry, needsOthers } }: StackLinesInput): Pick<ReadyLine, "note"> {
  const notes = [
    ...(needsOthers ? ["What it is in, or refers to, is not declared either: adopt that first."] : []),
    ...entry.secrets.map(({ variable }) => `${variable} must hold its secret once a \`version\` is added.`),
    ...entry.problems.map(({ property, reason }) => `As it is it cannot be declared: ${property} ${reason}.`),
  ];
  return notes.length === 0 ? {} : { note: notes.join(" ") };
}
