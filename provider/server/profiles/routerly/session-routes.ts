import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { hashPassword, isPassword } from "../../hashes.js";
import type { Store } from "../../store/store.js";
import { bodyOf, guarded, permissionsOf, type Routerly } from "./context.js";
import { failure, Thrown, unauthorized } from "./failures.js";
import type { UserRecord } from "./records.js";

/** Id of the first administrator that the start made, as long as nobody has used it. */
export const PROVISIONAL = "routerly.provisionalAdmin";

/** Logging in, the first administrator, the own account. */
export function sessionRoutes(app: FastifyInstance, routerly: Routerly, store: Store): void {
  const { records, sessions } = routerly;
  const provisional = () => store.setting(PROVISIONAL) || undefined;
  const needsSetup = (users: readonly UserRecord[]) => !users.some(({ id, roleId }) => roleId === "admin" && id !== provisional());

  const answer = async (user: UserRecord) => ({
    token: sessions.tokenFor(user),
    refreshToken: await sessions.refreshTokenFor(user),
    user: { id: user.id, email: user.email, role: user.roleId, permissions: await permissionsOf(records, user) },
  });

  app.get("/api/setup/status", async (request) => {
    exactly(request);
    return { needsSetup: needsSetup(await records.read("users")) };
  });

  app.post("/api/setup/first-admin", async (request, reply) => {
    exactly(request);
    const { email, password } = bodyOf(request);
    if (!email || !password) throw failure(400, "Email and password are required");
    const user: UserRecord = { id: randomUUID(), email, roleId: "admin", projectIds: [], passwordHash: hashPassword(String(password)) };
    await records.change("users", (users) => {
      if (!needsSetup(users)) throw failure(403, "Setup already completed");
      const unused = users.findIndex(({ id }) => id === provisional());
      if (unused >= 0) users.splice(unused, 1);
      users.push(user);
    });
    store.setSetting(PROVISIONAL, "");
    return reply.code(201).send({ token: sessions.tokenFor(user), user: { id: user.id, email, role: "admin" } });
  });

  app.post("/api/auth/login", async (request) => {
    exactly(request);
    const { email, password } = bodyOf(request);
    const user = (await records.read("users")).find((one) => one.email === email);
    if (password === undefined) throw new Thrown("data and salt arguments required");
    if (user === undefined || !isPassword(String(password), user.passwordHash)) throw failure(401, "Invalid credentials");
    if (user.id === provisional()) store.setSetting(PROVISIONAL, "");
    return answer(user);
  });

  app.post("/api/auth/refresh", async (request) => {
    exactly(request);
    const user = await sessions.byRefreshToken(bodyOf(request).refreshToken);
    if (user === undefined) throw failure(401, "Invalid refresh token");
    return answer(user);
  });

  const route = guarded(routerly, app);
  route("GET", "/api/me", undefined, (_request, _reply, { user }) => ({ id: user.id, email: user.email, roleId: user.roleId }));
  route("PUT", "/api/me", undefined, (request, _reply, caller) => {
    const { currentPassword, newEmail, newPassword } = bodyOf(request);
    if (!currentPassword) throw failure(400, "Current password is required");
    if (!isPassword(String(currentPassword), caller.user.passwordHash)) throw failure(401, "Invalid password");
    if (newPassword !== undefined && String(newPassword).length < 8) throw failure(400, "Password must be at least 8 characters");
    return records.change("users", (users) => {
      if (newEmail && users.some((one) => one.email === newEmail && one.id !== caller.user.id)) throw failure(409, "Email already in use");
      const user = users.find(({ id }) => id === caller.user.id);
      if (user === undefined) throw unauthorized();
      if (newEmail) user.email = newEmail;
      if (newPassword) user.passwordHash = hashPassword(String(newPassword));
      return { id: user.id, email: user.email, roleId: user.roleId };
    });
  });
}

/** The public addresses are known by their whole text: with a query they are like any other, which need a session. */
export function exactly(request: FastifyRequest): void {
  if (request.url.includes("?")) throw unauthorized();
}
