import { kindNamed } from "../../../schema/kinds/index.js";
import { type Cascade, cascadeText } from "../../gates/cascade.js";
import type { HeldObject } from "../../gates/holdings.js";
import type { ObjectStep } from "../../gates/index.js";
import { isRemote } from "../../gates/remote.js";
import { type Context, ends } from "./context.js";
import { lineAbout } from "./line-about.js";
import { lostWithProjects } from "./project-ends.js";
import type { Telling, Told, ToldSoFar } from "./telling.js";

/** Objects that end, each with what goes with it. What another section told, and what goes with something else, has no line of its own. */
export function deletionLines(context: Context, told: ToldSoFar): readonly Telling[] {
  const lost = lostWithProjects(context);
  return context.changed.flatMap((step): Telling[] => {
    const cascade = context.cascades.get(step.urn);
    const isTold = cascade === undefined && told.isWhole(step);
    if (!ends(step) || !isRemote(step) || isTold || isToldWithOwner(step, context)) return [];
    const people = lost.get(`${step.controlPlane}\n${context.projectNames.get(step.urn)}`) ?? [];
    const details = [...why(step), ...(cascade === undefined ? [] : detailsOf(cascade)), ...losing(people)];
    const becomes = step.operation === "replace" ? "is replaced by another one" : "is deleted";
    const text = `${step.kind} ${step.name} ${becomes}${cascade === undefined ? "" : `, and with it ${cascadeText(cascade)}`}`;
    return [
      {
        line: lineAbout(step, { section: "deletions", rule: "object-deleted", text, details }, context),
        tells: [{ urn: step.urn, properties: "all" }, ...(cascade === undefined ? [] : toldOf(cascade))],
      },
    ];
  });
}

function isToldWithOwner(step: ObjectStep, { goesAlong }: Context): boolean {
  return goesAlong.has(step.urn) && goesWithOwner(step);
}

/** A replacement that changes nothing but what the object belongs to is its owner's. */
function goesWithOwner({ kind, operation, properties }: ObjectStep): boolean {
  const fields = kindNamed(kind)?.fields ?? {};
  return operation === "delete" || properties.every(({ property }) => fields[property]?.reference !== undefined);
}

function toldOf({ objects }: Cascade): readonly Told[] {
  const steps = objects.flatMap(({ step }) => step ?? []);
  return steps.filter((step) => ends(step) && goesWithOwner(step)).map(({ urn }) => ({ urn, properties: "all" }));
}

function why({ kind, operation, properties }: ObjectStep): readonly string[] {
  const fields = kindNamed(kind)?.fields ?? {};
  const fixed = properties
    .map(({ property }) => property)
    .filter((property) => fields[property.split(".")[0] ?? ""]?.flags.replace === true);
  return operation === "replace" && fixed.length > 0 ? [`${fixed.join(", ")} cannot be changed in place`] : [];
}

function detailsOf({ objects }: Cascade): readonly string[] {
  const kinds = [...new Set(objects.map(({ kind }) => kind))].toSorted();
  const undeclared = objects.filter(({ step }) => step === undefined || !step.managed);
  const surprised = objects.filter(({ step }) => step?.operation === "release");
  return [
    ...kinds.map((kind) => `with it: ${kind} ${namesOf(objects.filter((object) => object.kind === kind))}`),
    ...(undeclared.length === 0 ? [] : [`nobody declared ${namesOf(undeclared)}`]),
    ...(surprised.length === 0 ? [] : [`the stack only releases ${namesOf(surprised)}, and yet it goes with this`]),
  ];
}

function losing(people: readonly string[]): readonly string[] {
  return people.length === 0 ? [] : [`access ends with it for ${people.join(", ")}`];
}

function namesOf(objects: readonly HeldObject[]): string {
  return objects.map(({ step, values, id }) => step?.name ?? String(values.name ?? values.user ?? id)).join(", ");
}
