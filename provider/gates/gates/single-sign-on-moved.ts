import { UNKNOWN } from "../../../schema/unknown.js";
import { changeDigest } from "../digest.js";
import type { Values } from "../facts.js";
import type { Finding, Gate } from "../gate.js";
import { isOn, SECURITY_POLICY, singleSignOnOf, statusOf } from "../single-sign-on.js";

/** A certificate is renewed every year or so by the same provider; nothing tells that from one of somebody else. */
export const singleSignOnMoved: Gate = {
  name: "single-sign-on-moved",
  title: "Single sign-on goes to another identity provider",
  why: "Whoever has the identity provider signs in as anybody, administrators among them.",
  judge: ({ changes }) =>
    changes.objects
      .filter(({ kind }) => kind === SECURITY_POLICY)
      .flatMap((step): Finding[] => {
        const [before, after] = [step.before?.inputs, step.after];
        if (!isOn(statusOf(before)) || !isOn(statusOf(after))) return [];
        const moved = movedBy(singleSignOnOf(before), singleSignOnOf(after));
        if (moved.length === 0) return [];
        return [
          {
            object: step.name,
            change: changeDigest(step),
            what: `people sign in by single sign-on, and ${moved.join(", ")}`,
            advice: "Have somebody who runs the identity provider confirm what is written, and keep a session open until a sign-in works.",
          },
        ];
      }),
};

/** By property: what its change means. Of the address only the host counts. */
const IDENTITY: Readonly<Record<string, string>> = {
  protocol: "its protocol",
  identityProviderUrl: "the host of its identity provider",
  entityId: "its entity id",
  clientId: "its client id",
  certificate: "its certificate",
};

/** What is stated for the first time moves nothing: sign-in has been somewhere that nobody wrote down. */
function movedBy(before: Values, after: Values): readonly string[] {
  return Object.entries(IDENTITY).flatMap(([name, words]) => {
    if (before[name] === undefined || comparable(name, before[name]) === comparable(name, after[name])) return [];
    return [
      after[name] === UNKNOWN
        ? `only the apply knows ${words}`
        : `${words} ${after[name] === undefined ? "is no longer declared" : "changes"}`,
    ];
  });
}

function comparable(name: string, value: unknown): unknown {
  return name === "identityProviderUrl" && typeof value === "string" && URL.canParse(value) ? new URL(value).host : value;
}
