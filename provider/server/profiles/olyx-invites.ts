import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Kind } from "../../../schema/kind.js";
import { withFields } from "../../../schema/kind.js";
import { kindNamed } from "../../../schema/kinds/index.js";
import { fromWire, toWire } from "../../../schema/systems/dialect.js";
import { FIELDS, INVITED_ROLES } from "../../../schema/systems/olyx.js";
import type { Context } from "../context.js";
import { hashPassword, randomToken } from "../hashes.js";
import { createObject } from "../objects/create-object.js";
import { insertObject } from "../objects/insert-object.js";
import { presentObject } from "../objects/present-object.js";
import { writeObject } from "../objects/write-object.js";
import { conflict, invalid, notFound, Refusal } from "../refusal.js";
import { authenticate } from "../routes/authenticate.js";
import { bodyOf } from "../routes/body-of.js";
import type { Service } from "../routes/service.js";
import { memberStatus } from "../rules/member-status.js";
import { passwordProblems } from "../rules/organization-member.js";
import { isPast } from "../store/credentials.js";
import type { StoredObject, Values } from "../store/objects.js";

const INVITATION_MS = 7 * 24 * 60 * 60 * 1000;
const SESSION_MS = 60 * 60 * 1000;

const MEMBER = kindWithFields("OrganizationMember", FIELDS.OrganizationMember);
const PROJECT_MEMBER = kindWithFields("ProjectMember", FIELDS.ProjectMember);

/**
 * The documented invitations (O-65 to O-71). What Olyx sends by mail, the code of the invitation, is answered instead: the embedded
 * control plane writes to nobody.
 */
export function olyxInvites(app: FastifyInstance, service: Service): void {
  const { store } = service;

  app.post("/api/v1/invites/customer", (request, reply) => invite(service, request, reply, MEMBER, customerOf));
  app.post("/api/v1/invites/project", (request, reply) => invite(service, request, reply, PROJECT_MEMBER, projectOf));

  app.get("/api/v1/invites/lookup", (request) => {
    const { member, expiresAt } = invitationOf(service, request.query as Values);
    return {
      email: member.body.user,
      expires_at: expiresAt,
      needs_signup: accountOf(service, member)?.hidden.initialPassword === undefined,
    };
  });

  app.post("/api/v1/invites/accept", (request) => store.transaction(() => accept(service, bodyOf(request))));

  app.post("/api/v1/invites/decline", (request, reply) => {
    store.transaction(() => {
      const { member } = invitationOf(service, bodyOf(request));
      store.credentials.removeAllOf(member.id);
      store.objects.remove(member);
    });
    return reply.code(204).send();
  });
}

interface Invited {
  readonly owner: string;
  readonly values: Values;
}

function customerOf(values: Values): Invited {
  const role = values.role;
  if (!INVITED_ROLES.includes(String(role))) {
    throw invalid([{ property: "role", reason: `is not included in the list: ${INVITED_ROLES.join(", ")}` }]);
  }
  return { owner: "", values };
}

function projectOf({ project, ...values }: Values): Invited {
  if (typeof project !== "string") throw invalid([{ property: "project", reason: "can't be blank" }]);
  return { owner: project, values };
}

function invite(service: Service, request: FastifyRequest, reply: FastifyReply, kind: Kind, read: (values: Values) => Invited) {
  const context = authenticate(service, request);
  const { store, profile } = service;
  const answer = store.transaction(() => {
    const { owner, values } = read(fromWire(profile.dialect, kind, bodyOf(request)));
    forgetExpired(context, kind, owner, values.user);
    const { object } = createObject(context, kind, owner, values);
    const token = randomToken(profile.tokenPrefixes.invitation);
    const expiresAt = new Date(context.now.getTime() + INVITATION_MS).toISOString();
    store.credentials.add({ purpose: "invitation", secret: token, subject: object.id, now: context.now, expiresAt });
    return { ...toWire(profile.dialect, kind, presentObject(context, kind, object)), token, expires_at: expiresAt };
  });
  return reply.code(201).send(answer);
}

/** An invitation that ran out makes room for a new one. */
function forgetExpired(context: Context, kind: Kind, owner: string, user: unknown): void {
  const { store } = context;
  for (const member of store.objects.find(kind.name, "user", String(user), { owner, ignoreCase: true })) {
    if (memberStatus(context, member) !== "expired") continue;
    store.credentials.removeAllOf(member.id);
    store.objects.remove(member);
  }
}

/** The invitation of a code. Throws unless it is open. */
function invitationOf({ store, now }: Service, { token, type }: Values): { member: StoredObject; expiresAt: string } {
  if (typeof token !== "string" || typeof type !== "string") {
    throw new Refusal({ status: 400, code: "bad_request", detail: "token and type are needed" });
  }
  const kind = type === "project" ? PROJECT_MEMBER : MEMBER;
  const credential = store.credentials.of(token);
  const member = credential?.purpose === "invitation" ? byId(store, kind, credential.subject) : undefined;
  if (credential === undefined || member === undefined) throw notFound("Invitation", type);
  if (isPast(credential.expiresAt, now())) throw conflict("Invitation has expired", "invitation_expired");
  return { member, expiresAt: credential.expiresAt ?? "" };
}

function byId(store: Service["store"], kind: Kind, id: string): StoredObject | undefined {
  return store.objects.ofKind(kind.name).find((member) => member.id === id);
}

/** The person's account, which is the membership of the organization. */
function accountOf({ store }: Pick<Service, "store">, member: StoredObject): StoredObject | undefined {
  return store.objects.find(MEMBER.name, "user", String(member.body.user), { ignoreCase: true })[0];
}

/** Makes the invited person an active member with a session. Whoever has no account yet signs up with a password (O-70). */
function accept(service: Service, body: Values): Values {
  const { store, profile } = service;
  const now = service.now();
  const { member } = invitationOf(service, body);
  const user = String(member.body.user);
  const context: Context = { store, profile, now, actor: { memberId: member.id, user, role: String(member.body.role) } };
  const known = accountOf(service, member);
  const needsSignup = known?.hidden.initialPassword === undefined;
  if (needsSignup && typeof body.password !== "string") throw invalid([{ property: "password", reason: "can't be blank" }]);
  const problems = passwordProblems(body, "password");
  if (problems.length > 0) throw invalid(problems);
  const hidden = needsSignup ? { initialPassword: hashPassword(String(body.password)) } : {};
  writeObject(context, "accept", member, { ...member.body, status: "active" });
  // A stranger to the organization who joins a project signs up as its member.
  const account =
    accountOf(service, member) ?? insertObject(context, { kind: MEMBER.name, body: { user, role: "member", status: "active" } });
  writeObject(context, "sign up", { ...account, hidden: { ...account.hidden, ...hidden } }, { ...account.body, status: "active" });
  store.credentials.removeAllOf(member.id, "invitation");
  const token = randomToken(profile.tokenPrefixes.management);
  const expiresAt = new Date(now.getTime() + SESSION_MS).toISOString();
  store.credentials.add({ purpose: "session", secret: token, subject: account.id, now, expiresAt });
  return { token, expires_at: expiresAt };
}

function kindWithFields(name: string, fields: readonly string[]): Kind {
  return withFields(kindNamed(name) as Kind, fields);
}
