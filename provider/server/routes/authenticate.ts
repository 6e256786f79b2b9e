import type { FastifyRequest } from "fastify";
import type { Context } from "../context.js";
import { unauthorized } from "../refusal.js";
import { memberStatus } from "../rules/member-status.js";
import { isPast } from "../store/credentials.js";
import type { Service } from "./service.js";

/** The token that a request carries. Throws when there is none. */
export function bearerToken(request: FastifyRequest): string {
  const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "") ?? [];
  if (token === undefined) throw unauthorized("a token is missing: send the header Authorization with Bearer and the token");
  return token;
}

/** The request's context, on behalf of the active member that its management token stands for. */
export function authenticate(service: Service, request: FastifyRequest): Context {
  const { store, profile } = service;
  const now = service.now();
  const credential = store.credentials.of(bearerToken(request));
  const isManagement = credential?.purpose === "management" || credential?.purpose === "session";
  if (credential === undefined || !isManagement) throw unauthorized("the token is not a management token of this control plane");
  if (isPast(credential.expiresAt, now)) throw unauthorized("the token has expired: log in again or make another one", "token_expired");
  const member = store.objects.get("OrganizationMember", credential.subject);
  if (member === undefined || memberStatus({ store, now }, member) !== "active") {
    throw unauthorized("the member that the token stands for is not active any more");
  }
  return { store, profile, now, actor: { memberId: member.id, user: String(member.body.user), role: String(member.body.role) } };
}
