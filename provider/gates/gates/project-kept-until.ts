import { UNKNOWN } from "../../../schema/unknown.js";
import { changeDigest } from "../digest.js";
import { isDeletion, type ObjectStep, type Values } from "../facts.js";
import type { Finding, Gate } from "../gate.js";
import { ARCHIVED, losesHistory } from "../retirement.js";

/** The day that was recorded counts, and not one that comes with the deletion. */
export const projectKeptUntil: Gate = {
  name: "project-kept-until",
  title: "An archived project is deleted before the day until which it is kept, or that day comes nearer",
  why: "Somebody promised that its traces, costs and audit record can be read until then.",
  judge: ({ changes, today }) =>
    changes.objects.flatMap((step): Finding[] => {
      const until = keepUntil(step.before?.inputs);
      if (until === undefined || until < today) return [];
      if (losesHistory(step)) return [ending(step, until)];
      return isShortened(step, until) ? [shortening(step, until)] : [];
    }),
};

function ending(step: ObjectStep, until: string): Finding {
  return {
    object: step.name,
    change: changeDigest(step),
    what: `the project is kept until ${until}, and would be ${isDeletion(step) ? "deleted" : "replaced"} before`,
    advice: "Wait for that day, or apply `onDelete: release` on it first, which leaves it archived when it goes from the stack.",
  };
}

/** One that comes back into use is not kept for its history any more. */
function isShortened({ after }: ObjectStep, until: string): boolean {
  const next = keepUntil(after);
  return after?.status === ARCHIVED && (next === undefined || next === UNKNOWN || next < until);
}

function shortening(step: ObjectStep, until: string): Finding {
  const next = keepUntil(step.after);
  const then =
    next === UNKNOWN ? "only the apply knows the day" : `it would be kept ${next === undefined ? "for no time" : `until ${next}`}`;
  return {
    object: step.name,
    change: changeDigest(step),
    what: `the project was to be kept until ${until}, and ${then}`,
    advice: "Leave the day as it is, or make it a later one.",
  };
}

function keepUntil(inputs: Values | undefined): string | undefined {
  const archive = inputs?.archive;
  if (archive === UNKNOWN) return UNKNOWN;
  if (typeof archive !== "object" || archive === null) return undefined;
  const { keepUntil: until } = archive as { readonly keepUntil?: unknown };
  return typeof until === "string" ? until : undefined;
}
