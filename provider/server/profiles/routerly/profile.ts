import { randomUUID } from "node:crypto";
import { DIALECT } from "../../../../schema/systems/routerly.js";
import type { Profile } from "../profile.js";
import { buildRouterlyApp } from "./app.js";
import { bootstrapRouterly } from "./first-start.js";

/** Routerly 0.2, whose paths, bodies and rules are its own altogether: what stands here is what the server around it asks for. */
export const routerly: Profile = {
  name: "routerly",
  kinds: [],
  dialect: DIALECT,
  buildApp: buildRouterlyApp,
  makeFirstLogin: bootstrapRouterly,
  organizationRoles: {},
  projectRoles: {},
  lastMemberGuards: [],
  quotas: {},
  bootstrapOwner: { user: "admin@gatehouse.local", role: "admin" },
  tokenPrefixes: { key: "sk-rt-", management: "", invitation: "" },
  projectHeader: "",
  capReleaseShare: 1,
  newId: () => randomUUID(),
};
