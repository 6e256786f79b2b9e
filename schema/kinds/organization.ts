import { integer, object, oneOf, text } from "../field.js";
import { defineKind } from "../kind.js";

export const PLANS = ["free", "starter", "pro", "enterprise"] as const;

/** The account that owns everything else. It is there before Gatehouse: adopted by default, released on destroy. */
export const organization = defineKind("Organization", {
  path: "/organization",
  singleton: true,
  key: [],
  stackFile: [{ at: ["organization"] }],
  fields: {
    /** Display name, up to 100 characters. */
    name: text({ maxLength: 100, optional: true }),
    /** Plan the stack was written for. Compared with the server, never written: a plan is bought, not declared. */
    plan: oneOf(PLANS, { optional: true, asserted: true }),
    /** Whom the control plane's operator writes to. */
    contacts: object(
      {
        /** Address for invoices and spending notices. */
        billing: text({ format: "email", maxLength: 254, optional: true, caseInsensitive: true }),
        /** Address for security notices. */
        security: text({ format: "email", maxLength: 254, optional: true, caseInsensitive: true }),
      },
      { optional: true, about: "security" },
    ),
    /** Ceiling over all requests of the organization, in requests per minute. No ceiling when absent. */
    requestsPerMinute: integer({ minimum: 1, optional: true, cap: true }),
    /** Assigned by the control plane. */
    organizationId: text({ computed: true }),
  },
});
