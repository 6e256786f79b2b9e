import { AlreadyExists, InvalidInput, Refused } from "../../errors.js";
import type { Client } from "../../http/client.js";
import type { ObjectApi, Remote } from "../adapter.js";
import { noSecret } from "./no-secret.js";
import { atServer, type Turn } from "./server.js";
import type { WireUser } from "./wire.js";

/** What the server itself asks of a changed password, and of a first one not at all. */
const SHORTEST_PASSWORD = 8;

/** Users of the dashboard. The account that asks is there before us and stays as it is: a change could lock Gatehouse out. */
export function userObjects(client: Client): ObjectApi {
  const subject = (id: unknown) => `OrganizationMember "${String(id)}"`;
  const at = (id: string) => `/api/users/${encodeURIComponent(id)}`;

  return {
    list: () =>
      atServer(client, "OrganizationMember", async (turn) => {
        const own = await ownId(turn);
        return (await turn.list("User")).map((user) => remoteOf(user, own));
      }),
    fetch: (_owner, id) =>
      atServer(client, subject(id), async (turn) => {
        const own = await ownId(turn);
        return remoteOf(await turn.find("User", "is not there", (one) => one.id === id), own);
      }),
    create: (_owner, { user, role, initialPassword: password }) =>
      atServer(client, subject(user), async (turn) => {
        // The server tells addresses apart by case, and people do not.
        const isUser = (one: WireUser) => one.email?.toLowerCase() === String(user).toLowerCase();
        if ((await turn.list("User")).some(isUser)) throw new AlreadyExists({ subject: subject(user), what: "is a user already" });
        await refuseUnknownRole(turn, subject(user), role);
        refuseShortPassword(subject(user), password);
        const [, made] = await turn.createAndFind(
          "User",
          () => turn.send("POST", "/api/users", "cannot be created", { email: user, password, roleId: role }),
          isUser,
        );
        return { remote: remoteOf(made, undefined), secrets: {} };
      }),
    update: (_owner, id, { role }) =>
      atServer(client, subject(id), async (turn) => {
        await refuseOwn(turn, subject(id), id);
        await refuseUnknownRole(turn, subject(id), role);
        await turn.send("PUT", at(id), "cannot be changed", { roleId: role });
      }),
    remove: (_owner, id) =>
      atServer(client, subject(id), async (turn) => {
        await refuseOwn(turn, subject(id), id);
        await turn.removeAndCheck(
          "User",
          () => turn.remove(at(id)),
          (one) => one.id === id,
        );
      }),
    renewSecret: noSecret("OrganizationMember"),
  };
}

/** Id of the user that the session belongs to. */
export async function ownId(turn: Turn): Promise<string> {
  return (await turn.send<{ id: string }>("GET", "/api/me", "cannot be told apart from the own account")).id;
}

async function refuseOwn(turn: Turn, subject: string, id: string): Promise<void> {
  if ((await ownId(turn)) !== id) return;
  throw new Refused({
    subject,
    what: "is the account that Gatehouse logs in with, which it never changes",
    advice: "Change it in the dashboard, or log in with another administrator's account.",
  });
}

/** The server takes any role; a user with an unknown one may do nothing. */
async function refuseUnknownRole(turn: Turn, subject: string, role: unknown): Promise<void> {
  const roles = await turn.list("Role");
  if (roles.some(({ id }) => id === role)) return;
  const known = roles.map(({ id }) => id).join(", ");
  throw new InvalidInput({ subject, what: `has the role ${String(role)}, which Routerly does not have`, advice: `There are: ${known}.` });
}

function refuseShortPassword(subject: string, password: unknown): void {
  if (typeof password === "string" && password.length >= SHORTEST_PASSWORD) return;
  throw new InvalidInput({
    subject,
    what: typeof password === "string" ? `has an initialPassword of fewer than ${SHORTEST_PASSWORD} characters` : "has no initialPassword",
    advice: "Give one: initialPassword: { env: GATEHOUSE_… }. Routerly sends no invitations.",
  });
}

function remoteOf({ id, email, roleId }: WireUser, own: string | undefined): Remote {
  const values = {
    memberId: id,
    ...(email === undefined ? {} : { user: email }),
    ...(roleId === undefined ? {} : { role: roleId }),
    status: "active",
  };
  return { id, owner: undefined, builtIn: id === own, values };
}
