import { NotFound } from "../../errors.js";
import type { Client } from "../../http/client.js";
import type { ObjectApi, Remote } from "../adapter.js";
import { noSecret } from "./no-secret.js";
import { projectPath } from "./project-body.js";
import { atServer, type Turn } from "./server.js";
import { ownId } from "./users.js";
import type { WireProject, WireUser } from "./wire.js";

/** Members of a project. The server knows them by user id, declarations by e-mail address. */
export function memberObjects(client: Client): ObjectApi {
  const subject = (user: unknown) => `ProjectMember "${String(user)}"`;
  const at = (project: string, id: string) => `${projectPath(project)}/members/${encodeURIComponent(id)}`;
  const isMember = (project: string, id: string) => (one: WireProject) =>
    one.id === project && (one.members ?? []).some(({ userId }) => userId === id);

  return {
    list: (owner = "") =>
      atServer(client, "ProjectMember", async (turn) =>
        remotesOf(turn, await turn.find("Project", "is not there", (one) => one.id === owner)),
      ),
    fetch: (owner = "", id) =>
      atServer(client, subject(id), async (turn) => {
        const project = await turn.find("Project", "is no member of the project", isMember(owner, id));
        return (await remotesOf(turn, project)).find((remote) => remote.id === id) as Remote;
      }),
    create: (owner = "", { user, role }) =>
      atServer(client, subject(user), async (turn) => {
        const member = (await turn.list("User")).find(({ email }) => email?.toLowerCase() === String(user).toLowerCase());
        if (member === undefined) throw unknownUser(subject(user));
        const [, project] = await turn.createAndFind(
          "Project",
          () => turn.send("POST", `${projectPath(owner)}/members`, "cannot be added", { userId: member.id, role }),
          isMember(owner, member.id),
        );
        return { remote: remoteOf(project, member.id, [member], undefined), secrets: {} };
      }),
    update: (owner = "", id, { role }) =>
      atServer(client, subject(id), async (turn) => {
        await turn.send("PUT", at(owner, id), "cannot be changed", { role });
      }),
    remove: (owner = "", id) =>
      atServer(client, subject(id), (turn) => turn.removeAndCheck("Project", () => turn.remove(at(owner, id)), isMember(owner, id))),
    renewSecret: noSecret("ProjectMember"),
  };
}

async function remotesOf(turn: Turn, project: WireProject): Promise<Remote[]> {
  const [users, own] = [await turn.list("User"), await ownId(turn)];
  return (project.members ?? []).map(({ userId }) => remoteOf(project, userId, users, own));
}

/** The membership of our own account is there with every project that it makes: it is nobody's declaration. */
function remoteOf(project: WireProject, id: string, users: readonly WireUser[], own: string | undefined): Remote {
  const user = users.find((one) => one.id === id)?.email;
  const role = (project.members ?? []).find(({ userId }) => userId === id)?.role;
  const values = {
    memberId: id,
    project: project.id,
    ...(user === undefined ? {} : { user }),
    ...(role === undefined ? {} : { role }),
    status: "active",
  };
  return { id, owner: project.id, builtIn: id === own, values };
}

function unknownUser(subject: string): NotFound {
  return new NotFound({
    subject,
    what: "is no user of this Routerly",
    advice: "Declare the person under members, or create the user in the dashboard first.",
  });
}
