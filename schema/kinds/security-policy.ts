import { flag, integer, list, number, object, oneOf, person, text } from "../field.js";
import { defineKind } from "../kind.js";

/** How people sign in to the organization, and what is kept out of prompts. There is one, and it is always there. */
export const securityPolicy = defineKind("SecurityPolicy", {
  path: "/security-policy",
  singleton: true,
  key: [],
  about: "security",
  stackFile: [{ at: ["security"] }],
  fields: {
    /** Sign-in through the organization's own identity provider. */
    singleSignOn: object(
      {
        /** `off`, `gradual` (offered beside passwords), or `required`. */
        status: oneOf(["off", "gradual", "required"]),
        /** Protocol of the identity provider. */
        protocol: oneOf(["saml", "oidc"], { optional: true }),
        /** Login or metadata address of the identity provider. */
        identityProviderUrl: text({ format: "uri", maxLength: 2048, optional: true }),
        /** Entity id (SAML). */
        entityId: text({ maxLength: 500, optional: true }),
        /** Client id (OpenID Connect). */
        clientId: text({ maxLength: 500, optional: true }),
        /** Public certificate of the identity provider in PEM form (SAML). */
        certificate: text({ maxLength: 20_000, optional: true }),
        /** Person who keeps a way in when the identity provider fails. */
        adminOwner: person({ optional: true }),
      },
      { optional: true },
    ),
    /** Longest session, in minutes. */
    sessionMinutes: integer({ minimum: 1, maximum: 525_600, optional: true }),
    /** Minutes without use after which a session ends. */
    idleMinutes: integer({ minimum: 1, maximum: 525_600, optional: true }),
    /** Addresses or CIDR ranges from which people may administer. Any when absent. */
    ipAllowList: list(text({ maxLength: 64, pattern: "^[0-9a-fA-F.:]+(/[0-9]{1,3})?$" }), { optional: true, unordered: true }),
    /** What requests are checked for before they reach a model. */
    promptGuards: object(
      {
        /** Longest input, in characters. */
        maxInputLength: integer({ minimum: 1, optional: true }),
        /** Confidence from 0 to 1 at which personal data counts as found. */
        piiThreshold: number({ minimum: 0, maximum: 1, optional: true }),
        /** Whether a suspected prompt injection is blocked. */
        blockInjection: flag({ optional: true }),
        /** What happens to secrets in prompts. */
        secretAction: oneOf(["alert", "redact", "block"], { optional: true }),
      },
      { optional: true },
    ),
  },
  rules: ({ singleSignOn }) => {
    const { status, protocol } = (singleSignOn ?? {}) as { status?: string; protocol?: string };
    const isUsed = status === "gradual" || status === "required";
    return isUsed && protocol === undefined
      ? [{ property: "singleSignOn.protocol", reason: "is missing: single sign-on needs saml or oidc" }]
      : [];
  },
});
