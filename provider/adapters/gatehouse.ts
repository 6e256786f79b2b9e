import { type KindName, REMOTE_KINDS } from "../../schema/kinds/index.js";
import { CANONICAL } from "../../schema/systems/dialect.js";
import { ROLES } from "../../schema/systems/gatehouse.js";
import { permissionNames } from "../../schema/systems/permissions/index.js";
import type { KindSupport } from "./adapter.js";
import { defineAdapter } from "./define-adapter.js";
import { ownApi } from "./evidence.js";
import { identifyByMe } from "./identify.js";

const OURS = ownApi("#systems");

/** The embedded control plane, which speaks the kinds' own words and has all of them. */
export const gatehouse = defineAdapter({
  system: "gatehouse",
  title: "The embedded control plane",
  kinds: {
    ...(Object.fromEntries(REMOTE_KINDS.map(({ name }) => [name, { evidence: OURS }])) as Record<KindName, KindSupport>),
    Role: { evidence: OURS, values: { permissions: permissionNames("gatehouse") } },
  },
  roles: ROLES,
  dialect: CANONICAL,
  defaultTransport: "api",
  identify: identifyByMe,
});
