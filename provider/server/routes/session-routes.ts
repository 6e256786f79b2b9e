import type { FastifyInstance } from "fastify";
import type { Problem } from "../../../schema/kind.js";
import { organizationMember } from "../../../schema/kinds/organization-member.js";
import { hashPassword, isPassword, randomToken } from "../hashes.js";
import { presentObject } from "../objects/present-object.js";
import { writeObject } from "../objects/write-object.js";
import { conflict, invalid, unauthorized } from "../refusal.js";
import { memberStatus } from "../rules/member-status.js";
import { passwordProblems } from "../rules/organization-member.js";
import { isPast } from "../store/credentials.js";
import type { StoredObject, Values } from "../store/objects.js";
import { authenticate } from "./authenticate.js";
import { bodyOf } from "./body-of.js";
import type { Service } from "./service.js";

const SESSION_MS = 60 * 60 * 1000;

/** Joining and logging in: the two ways to a token without having one. */
export function sessionRoutes(app: FastifyInstance, service: Service): void {
  const { store, profile } = service;

  app.post("/v1/login", (request) => {
    const body = bodyOf(request);
    refuse(textProblems(body, ["email", "password"], []));
    const now = service.now();
    const [member] = store.objects.find("OrganizationMember", "user", String(body.email), { ignoreCase: true });
    const isRight = isPassword(String(body.password), member?.hidden.initialPassword);
    if (member === undefined || !isRight || memberStatus({ store, now }, member) !== "active") {
      refusedLogin(service, String(body.email), member);
      throw unauthorized("the e-mail address or the password is wrong, or the member is not active");
    }
    const token = randomToken(profile.tokenPrefixes.management);
    const expiresAt = new Date(now.getTime() + SESSION_MS).toISOString();
    store.credentials.add({ purpose: "session", secret: token, subject: member.id, now, expiresAt });
    return { token, expiresAt };
  });

  app.post("/v1/invitations/accept", (request) => {
    const body = bodyOf(request);
    refuse([...textProblems(body, ["code"], ["password"]), ...passwordProblems(body, "password")]);
    return store.transaction(() => accept(service, String(body.code), body.password as string | undefined));
  });

  app.get("/v1/me", (request) => {
    const context = authenticate(service, request);
    const member = store.objects.get("OrganizationMember", context.actor.memberId) as StoredObject;
    const organization = store.objects.ofKind("Organization")[0];
    return { ...presentObject(context, organizationMember, member), organization: { id: organization?.id, name: organization?.body.name } };
  });
}

/** Makes the invited person an active member. A code works once. */
function accept(service: Service, code: string, password: string | undefined): Values {
  const { store, profile } = service;
  const now = service.now();
  const credential = store.credentials.of(code);
  const member = credential?.purpose === "invitation" ? store.objects.get("OrganizationMember", credential.subject) : undefined;
  if (credential === undefined || member === undefined)
    throw unauthorized("the invitation code is not known: ask for a new invitation", "invitation_unknown");
  if (isPast(credential.expiresAt, now) || isPast(member.body.expiresAt, now)) {
    throw conflict("the invitation has expired: ask for a new one", "invitation_expired");
  }
  const context = { store, profile, now, actor: { memberId: member.id, user: String(member.body.user), role: String(member.body.role) } };
  const hidden = password === undefined ? member.hidden : { ...member.hidden, initialPassword: hashPassword(password) };
  const joined = writeObject(context, "accept", { ...member, hidden }, { ...member.body, status: "active" });
  store.credentials.removeAllOf(member.id, "invitation");
  const token = randomToken(profile.tokenPrefixes.management);
  store.credentials.add({ purpose: "management", secret: token, subject: member.id, name: "invitation", now });
  return { member: presentObject(context, organizationMember, joined), token };
}

/** The address is kept only when a member has it: anything else may be a password typed into the wrong field. */
function refusedLogin({ store, now }: Service, email: string, member: StoredObject | undefined): void {
  const known = member !== undefined;
  store.audit.append({
    at: now().toISOString(),
    actor: known ? email.toLowerCase() : "unknown",
    action: "login_refused",
    kind: "OrganizationMember",
    object: member?.id ?? "",
  });
}

/** Problems of a body that holds these texts and nothing else. */
export function textProblems(body: Values, required: readonly string[], optional: readonly string[]): Problem[] {
  const missing = required.filter((name) => body[name] === undefined).map((property) => ({ property, reason: "is required" }));
  const wrong = Object.entries(body).flatMap(([property, value]) => {
    if (!required.includes(property) && !optional.includes(property)) return [{ property, reason: "is no known property" }];
    return typeof value === "string" && value !== "" ? [] : [{ property, reason: "must be a text" }];
  });
  return [...missing, ...wrong];
}

/** Throws the problems, if there are any. */
export function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw invalid(problems);
}
