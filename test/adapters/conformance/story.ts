import type { KindSample } from "../samples.js";
import type { Stage } from "../stage.js";
import { changesAtOnce, changesFieldByField, isReplaced, takesListsInAnyOrder } from "./changes.js";
import { isMade } from "./creation.js";
import { ends, isAdoptedOnlyWhenAllowed, isReleased } from "./endings.js";
import { isInvitedOnce } from "./invitation.js";
import type { Part } from "./parts.js";
import { refusesWrongValues } from "./refusals.js";
import { Subject } from "./subject.js";

/** What every object of every system goes through, from its creation to its end behind our back. */
export async function goesThroughItsStory(stage: Stage, sample: KindSample, skipped: ReadonlySet<Part>): Promise<void> {
  const subject = await Subject.of(stage, sample);
  refusesWrongValues(subject);
  const made = await isMade(subject);
  if (!skipped.has("pending")) await isInvitedOnce(subject, made);
  takesListsInAnyOrder(subject, made);
  const changed = await changesAtOnce(subject, await changesFieldByField(subject, made));
  isReplaced(subject, changed);
  if (subject.kind.singleton) return isReleased(subject, changed);
  await isAdoptedOnlyWhenAllowed(subject, changed);
  await ends(subject, changed, skipped);
}
