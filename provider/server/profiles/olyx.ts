import { randomBytes } from "node:crypto";
import { DIALECT, FIELDS, ROLES } from "../../../schema/systems/olyx.js";
import type { RefusalParts } from "../refusal.js";
import type { Grant } from "./grant.js";
import { grantsFromRoles } from "./grants-from-roles.js";
import { olyxInvites } from "./olyx-invites.js";
import { olyxRules } from "./olyx-rules.js";
import { olyxTraces } from "./olyx-traces.js";
import type { Profile } from "./profile.js";

const FIRST_ID = 100;
const { organizationRoles, projectRoles } = grantsFromRoles(ROLES);

/** Archiving is final project control, which is the owner's (O-42). */
const withoutArchiving = (grant: Grant | undefined): Grant => ({ ...grant, properties: { Project: { except: ["status"] } } });

/** Olyx: projects of an organization that are archived and never deleted, and keys that pause at their hourly cap. */
export const olyx: Profile = {
  name: "olyx",
  kinds: Object.keys(FIELDS),
  fields: FIELDS,
  dialect: DIALECT,
  rules: olyxRules,
  routes: [olyxInvites, olyxTraces],
  writeRefusal,
  organizationRoles: { ...organizationRoles, admin: withoutArchiving(organizationRoles.admin) },
  projectRoles: { ...projectRoles, admin: withoutArchiving(projectRoles.admin) },
  lastMemberGuards: [{ roles: ["owner"], code: "last_owner" }],
  quotas: {},
  bootstrapOwner: { user: "owner@olyx.local", role: "owner" },
  tokenPrefixes: { key: "ak_", management: "olyx_session_", invitation: "olyx_invite_" },
  projectHeader: "olyx-project",
  capReleaseShare: 1,
  newId: (kind, everMade) => (kind === "ApiKey" ? randomBytes(8).toString("hex") : String(FIRST_ID + everMade)),
};

const SAID: Readonly<Record<string, string>> = {
  not_found: "Not found",
  budget_exceeded: "Monthly budget exceeded.",
  // O-52
  token_expired: "Token expired",
};

/** Codes of the gateway's own protections, the only ones that an answer carries. */
const CODES: Readonly<Record<string, string>> = { circuit_open: "CIRCUIT_OPEN", budget_exceeded: "BUDGET_EXCEEDED" };

/** `{error}`, `{errors}` for failed validation, and `{error, code}` for what the gateway protects. No answer is a 409 (O-73). */
function writeRefusal({ status, code, detail, errors }: RefusalParts) {
  const isConflict = status === 409;
  return {
    contentType: "application/json",
    ...(isConflict && { status: 422 }),
    body:
      errors || isConflict ? { errors: sentencesOf(code, detail, errors) } : { error: errorText(status, code, detail), ...codeOf(code) },
  };
}

function errorText(status: number, code: string, detail: string): string {
  return SAID[code] ?? (status === 401 ? "Unauthorized" : detail);
}

function codeOf(code: string): { code?: string } {
  const own = CODES[code];
  return own === undefined ? {} : { code: own };
}

function sentencesOf(code: string, detail: string, errors: RefusalParts["errors"]): string[] {
  if (code === "already_exists") return [`${named(/with the (\w+) /.exec(detail)?.[1] ?? "")} has already been taken`];
  return errors?.map(({ property, reason }) => `${named(property)} ${reason}`) ?? [detail];
}

/** A property as a sentence begins with it: `Base url`. People are known by their address. */
function named(property: string): string {
  const words = (property === "user" ? "email" : property).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/[_.]/g, " ");
  return words === "" ? "It" : words.charAt(0).toUpperCase() + words.slice(1);
}
