import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Records } from "./collections.js";
import { forbidden, Thrown } from "./failures.js";
import { BUILT_IN_ROLES, type RoleRecord, type UserRecord } from "./records.js";

export type Body = Readonly<Record<string, unknown>>;

/** What the routes of the system work with. */
export interface Routerly {
  readonly records: Records;
  readonly sessions: Sessions;
  readonly now: () => Date;
}

export interface Sessions {
  /** A session token of an hour. It is not stored: a later password change ends none. */
  tokenFor(user: UserRecord): string;
  /** A new refresh token, which ends the user's former one. */
  refreshTokenFor(user: UserRecord): Promise<string>;
  /** The user whose refresh token this is. */
  byRefreshToken(token: unknown): Promise<UserRecord | undefined>;
  /** Throws 401 unless the request carries a session of a user who is still there. */
  callerOf(request: FastifyRequest): Promise<Caller>;
}

/** The user on whose behalf a request runs. */
export interface Caller {
  readonly user: UserRecord;
  readonly permissions: readonly unknown[];
}

export async function allRoles(records: Records): Promise<RoleRecord[]> {
  return [...BUILT_IN_ROLES, ...(await records.read("roles"))];
}

/** The user's permissions; an unknown role has none. */
export async function permissionsOf(records: Records, user: UserRecord): Promise<readonly unknown[]> {
  const role = (await allRoles(records)).find(({ id }) => id === user.roleId);
  return Array.isArray(role?.permissions) ? role.permissions : [];
}

type Handler = (request: FastifyRequest, reply: FastifyReply, caller: Caller) => unknown;

/** Registers a route that needs a session and, unless it is for any login, a permission. */
export function guarded({ sessions }: Routerly, app: FastifyInstance) {
  return (method: "GET" | "POST" | "PUT" | "DELETE", url: string, permission: string | undefined, handler: Handler): void => {
    app.route({
      method,
      url,
      handler: async (request, reply) => {
        const caller = await sessions.callerOf(request);
        if (permission !== undefined && !caller.permissions.includes(permission)) throw forbidden(permission);
        return handler(request, reply, caller);
      },
    });
  };
}

/** The body; the system takes it for granted and breaks where it is missing. */
export function bodyOf(request: FastifyRequest): Body {
  if (typeof request.body === "object" && request.body !== null) return request.body as Body;
  throw new Thrown("Cannot destructure property of 'request.body' as it is undefined.");
}

export function paramOf(request: FastifyRequest, name: string): string {
  return (request.params as Record<string, string>)[name] ?? "";
}
