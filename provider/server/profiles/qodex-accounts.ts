import type { FastifyInstance } from "fastify";
import { hashPassword, randomToken } from "../hashes.js";
import { insertObject } from "../objects/insert-object.js";
import { conflict } from "../refusal.js";
import { bodyOf } from "../routes/body-of.js";
import type { Service } from "../routes/service.js";
import { refuse, textProblems } from "../routes/session-routes.js";
import { passwordProblems } from "../rules/organization-member.js";

/** An account of one's own, with e-mail and password. The mail that confirms it is not sent: it is confirmed at once. */
export function qodexAccounts(app: FastifyInstance, { store, profile, now }: Service): void {
  app.post("/api/auth/register", (request, reply) => {
    const body = bodyOf(request);
    refuse([...textProblems(body, ["email", "password"], []), ...passwordProblems(body, "password")]);
    const [email, password] = [String(body.email), String(body.password)];
    if (store.objects.find("OrganizationMember", "user", email, { ignoreCase: true }).length > 0) {
      throw conflict("there is an account with this e-mail address: log in", "already_exists");
    }
    const at = now();
    const token = randomToken(profile.tokenPrefixes.management);
    store.transaction(() => {
      const account = insertObject(
        { store, profile, now: at, actor: { memberId: "", user: email, role: "" } },
        {
          kind: "OrganizationMember",
          body: { user: email, role: profile.bootstrapOwner.role, status: "active" },
          hidden: { initialPassword: hashPassword(password) },
        },
      );
      store.credentials.add({ purpose: "management", secret: token, subject: account.id, name: "registration", now: at });
    });
    return reply.code(201).send({ email, token });
  });
}
