import type { FastifyInstance } from "fastify";
import { bodyOf, guarded, paramOf, type Routerly } from "./context.js";
import { failure, notFound } from "./failures.js";
import { projectOf } from "./tokens.js";

/** Members of a project. They are kept and shown, and give no access. */
export function memberRoutes(app: FastifyInstance, routerly: Routerly): void {
  const { records } = routerly;
  const route = guarded(routerly, app);

  route("POST", "/api/projects/:id/members", "project:write", async (request, reply) => {
    const { userId, role } = bodyOf(request);
    const users = await records.read("users");
    const member = await records.change("projects", (projects) => {
      const { members } = projectOf(projects, request);
      const user = users.find(({ id }) => id === userId);
      if (user === undefined) throw notFound("User not found");
      if (members.some((one) => one.userId === user.id)) throw failure(409, "User is already a member of this project");
      const made = { userId: user.id, ...(role === undefined ? {} : { role }) };
      members.push(made);
      return made;
    });
    return reply.code(201).send(member);
  });

  route("PUT", "/api/projects/:id/members/:userId", "project:write", (request) => {
    const { role } = bodyOf(request);
    return records.change("projects", (projects) => {
      const { members } = projectOf(projects, request);
      const at = members.findIndex(({ userId }) => userId === paramOf(request, "userId"));
      if (at < 0) throw notFound("Member not found");
      const member = { userId: paramOf(request, "userId"), ...(role === undefined ? {} : { role }) };
      members[at] = member;
      return member;
    });
  });

  route("DELETE", "/api/projects/:id/members/:userId", "project:write", async (request, reply) => {
    await records.change("projects", (projects) => {
      const { members } = projectOf(projects, request);
      const at = members.findIndex(({ userId }) => userId === paramOf(request, "userId"));
      if (at < 0) throw notFound("Member not found");
      members.splice(at, 1);
    });
    return reply.code(204).send();
  });
}
