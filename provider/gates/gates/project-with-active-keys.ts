import { UNKNOWN } from "../../../schema/unknown.js";
import { type Cascade, cascadeOf, cascadeText } from "../cascade.js";
import { collectionDigest } from "../digest.js";
import { type Facts, isEnding, type ObjectStep } from "../facts.js";
import type { Finding, Gate } from "../gate.js";
import type { HeldObject } from "../holdings.js";
import { isArchiving } from "../retirement.js";

const PROJECT = "Project";
const KEY = "ApiKey";

export const projectWithActiveKeys: Gate = {
  name: "project-with-active-keys",
  title: "A project that has active keys is deleted, replaced or archived",
  why: "Its keys end with it, and so does every service that uses them.",
  judge: (facts) =>
    facts.changes.objects
      .filter(({ kind }) => kind === PROJECT)
      .flatMap((step) => {
        if (isEnding(step)) return ofEnding(step, facts);
        return isArchiving(step) ? ofArchiving(step, facts) : [];
      }),
};

function ofEnding(step: ObjectStep, facts: Facts): readonly Finding[] {
  const cascade = cascadeOf(step, facts);
  const keys = activeKeys(cascade).filter((object) => counts(object, facts));
  const what = `the project ends with ${keysText(keys)} in it; with it go ${cascadeText(cascade)}`;
  return finding(step, keys, what, "Move what uses the keys over and end them first, or archive the project (`status: archived`).");
}

/** An archived project refuses its keys. What its own change ends besides, somebody meant to end. */
function ofArchiving(step: ObjectStep, facts: Facts): readonly Finding[] {
  const keys = activeKeys(cascadeOf(step, facts)).filter((key) => key.step === undefined || !isEnding(key.step));
  const names = keys.map(({ id, values }) => String(values.name ?? id)).join(", ");
  const what = `the project ${step.after?.status === UNKNOWN ? "may be" : "is"} archived with ${keysText(keys)} in it, which would be refused: ${names}`;
  return finding(step, keys, what, "Move what uses the keys over and end them first, or in the same change.");
}

function finding(step: ObjectStep, keys: readonly HeldObject[], what: string, advice: string): readonly Finding[] {
  if (keys.length === 0) return [];
  const ids = keys.map(({ id }) => id ?? "");
  return [{ object: step.name, change: collectionDigest([step], ids), what, advice }];
}

function activeKeys({ objects }: Cascade): readonly HeldObject[] {
  return objects.filter((object) => object.kind === KEY && isActive(object));
}

function keysText(keys: readonly HeldObject[]): string {
  return `${keys.length} active ${keys.length === 1 ? "key" : "keys"}`;
}

/** Whoever destroys a stack means its own keys, and may not know of others. */
function counts({ step }: HeldObject, { operation }: Facts): boolean {
  return operation !== "destroy" || step === undefined || !step.managed;
}

/** A paused key comes back by itself. */
function isActive({ values: { status } }: HeldObject): boolean {
  return status === undefined || status === "active" || status === "paused";
}
