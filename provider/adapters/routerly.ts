import type { Kind } from "../../schema/kind.js";
import { DIALECT, ROLES } from "../../schema/systems/routerly.js";
import { InvalidInput } from "../errors.js";
import type { Client } from "../http/client.js";
import type { Adapter, ObjectApi } from "./adapter.js";
import { wasNotDone } from "./routerly/answers.js";
import { channelObjects } from "./routerly/channels.js";
import { identifyRouterly } from "./routerly/identity.js";
import { KINDS_OF_ROUTERLY } from "./routerly/kinds.js";
import { memberObjects } from "./routerly/members.js";
import { modelObjects } from "./routerly/models.js";
import { projectObjects } from "./routerly/projects.js";
import { roleObjects } from "./routerly/roles.js";
import { routingObjects } from "./routerly/routing.js";
import { routerlySession } from "./routerly/session.js";
import { tokenObjects } from "./routerly/tokens.js";
import { userObjects } from "./routerly/users.js";

const OBJECTS: Readonly<Record<string, (client: Client) => ObjectApi>> = {
  OrganizationMember: userObjects,
  Role: roleObjects,
  Project: projectObjects,
  ProjectMember: memberObjects,
  Model: modelObjects,
  RoutingPolicy: routingObjects,
  ApiKey: tokenObjects,
  Alert: channelObjects,
};

function objects(client: Client, kind: Kind): ObjectApi {
  const make = OBJECTS[kind.name];
  if (make === undefined) throw new InvalidInput({ subject: kind.name, what: "is nothing that Routerly has" });
  return make(client);
}

/**
 * Routerly 0.2, self-hosted, whose API is known in full from a running server. Every write there rewrites a whole collection, and what
 * overlaps is lost: so one request at a time, and each write is read back. The lock that keeps requests apart is held among the processes
 * of one user on one machine; the server offers none. Runs of other users, of other machines and of CI, dashboards and live traffic still
 * race with it: let one machine apply, one run at a time, in a quiet window, with a backup.
 */
export const routerly: Adapter = {
  system: "routerly",
  title: "Routerly",
  kinds: KINDS_OF_ROUTERLY,
  roles: ROLES,
  dialect: DIALECT,
  defaultTransport: "api",
  exclusive: true,
  wasNotDone,
  credentials: ["email", "password"],
  authenticate: routerlySession,
  identify: identifyRouterly,
  objects,
};
