import type { IdForm } from "../adapters/adapter.js";
import { type Confirmation, confirmationsOf, othersWithId } from "./confirmations.js";
import type { Step } from "./steps.js";

const ID_FORMS: Readonly<Record<IdForm, { readonly pattern: RegExp; readonly words: string }>> = {
  uuid: { pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, words: "a UUID like 0d2f6f0a-8a3b-4b8e-9a53-6f0d6c8a1b2c" },
  numeric: { pattern: /^[1-9]\d*$/, words: "a number like 4711" },
  slug: { pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/, words: "lower-case letters, digits and hyphens, like checkout-ai" },
  keyId: {
    pattern: /^(?!ak_)[A-Za-z0-9_-]{1,200}$/,
    words: "the part of the token between ak_ and the dot, and never the secret after it",
  },
  pol: { pattern: /^pol_[A-Za-z0-9_-]{1,200}$/, words: "the one that begins with pol_" },
};
const ANY = { pattern: /^[^\s/]{1,200}$/, words: "one word without spaces and slashes" };

/** What is wrong with a confirmation of this step, besides whether it was asked for. Empty when it may be recorded. */
export function confirmationProblems(step: Step, one: Confirmation, all: readonly Confirmation[]): readonly string[] {
  const contradicting = confirmationsOf(step, all).filter((other) => other.id !== one.id);
  return [
    ...(contradicting.length > 0 ? ["is confirmed with different ids: keep the right one"] : []),
    ...(step.needsId ? newIdProblems(step, one.id, all) : knownIdProblems(step, one.id)),
  ];
}

function newIdProblems(step: Step, id: string | undefined, all: readonly Confirmation[]): readonly string[] {
  if (id === undefined || id === "") return ["id is missing: the new object's id at the control plane"];
  const prefix = step.secretPrefixes.find((one) => id.startsWith(one));
  // A secret that was pasted for an id must not be told again.
  if (prefix !== undefined) return [`id begins with ${prefix}, as the secrets there do: give the id, never a secret`];
  const { pattern, words } = step.idForm === undefined ? ANY : ID_FORMS[step.idForm];
  const wrongForm = pattern.test(id) ? [] : [`id ${id} has the wrong form: it must be ${words}`];
  const others = [...new Set(othersWithId(step, id, all).map(({ step: other }) => other))];
  return [...wrongForm, ...others.map((other) => `id ${id} is that of ${other} too: each object has its own`)];
}

function knownIdProblems({ objectId }: Step, id: string | undefined): readonly string[] {
  return id === undefined || objectId === undefined || id === objectId ? [] : [`id ${id} is not that of the object, which is ${objectId}`];
}
