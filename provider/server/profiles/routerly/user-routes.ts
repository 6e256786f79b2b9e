import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { hashPassword } from "../../hashes.js";
import { type Body, bodyOf, guarded, paramOf, type Routerly } from "./context.js";
import { failure, notFound, Thrown } from "./failures.js";
import type { UserRecord } from "./records.js";

const SHORTEST_NEW_PASSWORD = 8;

/** Users of the dashboard. E-mail addresses are told apart by case, and roles are not looked up. */
export function userRoutes(app: FastifyInstance, routerly: Routerly): void {
  const { records } = routerly;
  const route = guarded(routerly, app);

  // The hash of the refresh token is shown, as it is by the system.
  route("GET", "/api/users", "user:read", async () =>
    (await records.read("users")).map(({ passwordHash: _passwordHash, ...user }) => user),
  );

  route("POST", "/api/users", "user:write", async (request, reply) => {
    const { email, password, roleId = "viewer", projectIds = [] } = bodyOf(request);
    if (password === undefined) throw new Thrown("data and salt arguments required");
    const user: UserRecord = { id: randomUUID(), email, roleId: String(roleId), projectIds, passwordHash: hashPassword(String(password)) };
    await records.change("users", (users) => {
      if (users.some((one) => one.email === email)) throw failure(409, "User already exists");
      users.push(user);
    });
    return reply.code(201).send(shown(user));
  });

  route("PUT", "/api/users/:id", "user:write", (request) => {
    const { email, roleId, newPassword } = bodyOf(request);
    return records.change("users", (users) => {
      const user = users.find(({ id }) => id === paramOf(request, "id"));
      if (user === undefined) throw notFound("User not found");
      if (newPassword && String(newPassword).length < SHORTEST_NEW_PASSWORD) throw failure(400, "Password must be at least 8 characters");
      if (email && users.some((one) => one.email === email && one.id !== user.id)) throw failure(409, "Email already in use");
      if (roleId && roleId !== "admin" && isLastAdmin(users, user)) throw failure(409, "Cannot demote the last admin user");
      if (email) user.email = email;
      if (roleId) user.roleId = String(roleId);
      if (newPassword) user.passwordHash = hashPassword(String(newPassword));
      return shown(user);
    });
  });

  route("DELETE", "/api/users/:id", "user:write", async (request, reply) => {
    await records.change("users", (users) => {
      const user = users.find(({ id }) => id === paramOf(request, "id"));
      if (user === undefined) throw notFound("User not found");
      if (isLastAdmin(users, user)) throw failure(409, "Cannot delete the last admin user");
      users.splice(users.indexOf(user), 1);
    });
    return reply.code(204).send();
  });
}

function isLastAdmin(users: readonly UserRecord[], user: UserRecord): boolean {
  return user.roleId === "admin" && !users.some((one) => one !== user && one.roleId === "admin");
}

function shown({ id, email, roleId, projectIds }: UserRecord): Body {
  return { id, email, roleId, projectIds };
}
