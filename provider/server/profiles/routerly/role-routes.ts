import type { FastifyInstance } from "fastify";
import { allRoles, bodyOf, guarded, paramOf, type Routerly } from "./context.js";
import { failure, notFound } from "./failures.js";
import { BUILT_IN_ROLES, type RoleRecord } from "./records.js";

/** Roles: the built-in ones first, which nobody changes. */
export function roleRoutes(app: FastifyInstance, routerly: Routerly): void {
  const { records } = routerly;
  const route = guarded(routerly, app);
  const refuseBuiltIn = (id: string) => {
    if (BUILT_IN_ROLES.some((role) => role.id === id)) throw failure(403, "Built-in roles cannot be modified");
  };

  route("GET", "/api/roles", "user:read", () => allRoles(records));

  route("POST", "/api/roles", "user:write", async (request, reply) => {
    const { id, name, permissions = [] } = bodyOf(request);
    if (!id || !name) throw failure(400, "Role id and name are required");
    const role: RoleRecord = { id: String(id), name, permissions };
    await records.change("roles", (roles) => {
      if ([...BUILT_IN_ROLES, ...roles].some((one) => one.id === role.id)) throw failure(409, "Role already exists");
      roles.push(role);
    });
    return reply.code(201).send(role);
  });

  route("PUT", "/api/roles/:id", "user:write", (request) => {
    const { name, permissions } = bodyOf(request);
    const id = paramOf(request, "id");
    refuseBuiltIn(id);
    return records.change("roles", (roles) => {
      const role = roles.find((one) => one.id === id);
      if (role === undefined) throw notFound("Role not found");
      if (name) role.name = name;
      if (permissions) role.permissions = permissions;
      return role;
    });
  });

  route("DELETE", "/api/roles/:id", "user:write", async (request, reply) => {
    const id = paramOf(request, "id");
    refuseBuiltIn(id);
    await records.change("roles", (roles) => {
      const at = roles.findIndex((one) => one.id === id);
      if (at < 0) throw notFound("Role not found");
      roles.splice(at, 1);
    });
    return reply.code(204).send();
  });
}
