import { cascadeOf, cascadeText } from "../cascade.js";
import { collectionDigest } from "../digest.js";
import { type Facts, isEnding, type ObjectStep } from "../facts.js";
import type { Finding, Gate } from "../gate.js";
import type { HeldObject } from "../holdings.js";

const PROJECT = "Project";
const KEY = "ApiKey";

export const projectWithActiveKeys: Gate = {
  name: "project-with-active-keys",
  title: "A project that has active keys is deleted or replaced",
  why: "Its keys end with it, and so does every service that uses them.",
  judge: (facts) =>
    facts.changes.objects.filter((step) => step.kind === PROJECT && isEnding(step)).flatMap((step) => ofProject(step, facts)),
};

function ofProject(step: ObjectStep, facts: Facts): readonly Finding[] {
  const cascade = cascadeOf(step, facts);
  const keys = cascade.objects.filter((object) => object.kind === KEY && isActive(object) && counts(object, facts));
  if (keys.length === 0) return [];
  return [
    {
      object: step.name,
      change: collectionDigest(
        [step],
        keys.map(({ id }) => id ?? ""),
      ),
      what: `the project ends with ${keys.length} active ${keys.length === 1 ? "key" : "keys"} in it; with it go ${cascadeText(cascade)}`,
      advice: "Move what uses the keys over and end them first, or archive the project (`status: archived`).",
    },
  ];
}

/** Whoever destroys a stack means its own keys, and may not know of others. */
function counts({ step }: HeldObject, { operation }: Facts): boolean {
  return operation !== "destroy" || step === undefined || !step.managed;
}

/** A paused key comes back by itself. */
function isActive({ values: { status } }: HeldObject): boolean {
  return status === undefined || status === "active" || status === "paused";
}
