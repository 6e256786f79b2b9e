import { expect, it } from "vitest";
import { singleSignOnMoved } from "../../provider/gates/gates/single-sign-on-moved.js";
import { UNKNOWN } from "../../schema/unknown.js";
import { found, gateCases } from "./support/gate-cases.js";
import { created, deleted, listed, updated } from "./support/plan.js";

const S = "SecurityPolicy";
const OURS = { status: "required", protocol: "oidc", identityProviderUrl: "https://id.acme.example/login", clientId: "gateway" };
const policy = (more: object = {}) => ({ singleSignOn: { ...OURS, ...more } });
const change = (after: object, before: object = {}) => ({ steps: [updated(S, "security", policy(before), policy(after))] });

gateCases(singleSignOnMoved, {
  closes: change({ identityProviderUrl: "https://id.mallory.example/login" }),
  object: "security",
  what: "people sign in by single sign-on, and the host of its identity provider changes",
  passes: {
    "another path at the same host": change({ identityProviderUrl: "https://id.acme.example/oidc/login" }),
    "a stricter status": change({ status: "required" }, { status: "gradual" }),
    "another person who keeps a way in": change({ adminOwner: "bea@acme.example" }),
    "what is written down for the first time": change({}, { identityProviderUrl: undefined, clientId: undefined }),
    "single sign-on that is set up": change({ identityProviderUrl: "https://id.other.example" }, { status: "off" }),
    "its end, which another gate judges": change({ status: "off", clientId: undefined }),
    "a policy that leaves the stack and stays": { steps: [deleted(S, "security", policy())] },
  },
  unknown: change({ identityProviderUrl: UNKNOWN }),
});

it.each([
  ["its client id changes", { clientId: "other" }],
  ["its client id is no longer declared", { clientId: undefined }],
  ["its entity id changes, its certificate changes", { entityId: "urn:other", certificate: "theirs" }],
  ["its protocol changes", { protocol: "saml" }],
  ["only the apply knows its client id", { clientId: UNKNOWN }],
])("stops when %s", (what, after) => {
  const steps = [
    updated(
      S,
      "security",
      policy({ entityId: "urn:acme", certificate: "ours" }),
      policy({ entityId: "urn:acme", certificate: "ours", ...after }),
    ),
  ];
  expect(found(singleSignOnMoved, { steps })).toEqual([{ object: "security", what: `people sign in by single sign-on, and ${what}` }]);
});

it("sees it in a policy that is only taken over now", () => {
  const steps = [created(S, "security", policy({ clientId: "other" }))];
  expect(found(singleSignOnMoved, { steps, live: [listed(S, "it", policy())] })).toHaveLength(1);
});
