import type { Kind } from "../../schema/kind.js";
import { toWire, type Values } from "../../schema/systems/dialect.js";
import { DIALECT, INVITED_ROLES } from "../../schema/systems/olyx.js";
import { GatehouseError, Refused, retold } from "../errors.js";
import type { Client } from "../http/client.js";
import { errorOf } from "../http/problem.js";
import type { ObjectApi, Remote } from "./adapter.js";
import { readOlyxErrors } from "./read-olyx-errors.js";

/** O-67: nobody is invited to the organization as an admin, so an admin is a member whose role was changed. */
export function organizationMembers(client: Client, kind: Kind, plain: ObjectApi): ObjectApi {
  return {
    ...plain,
    async create(owner, values) {
      const isInvited = INVITED_ROLES.includes(String(values.role));
      await invite(client, kind, "customer", isInvited ? values : { ...values, role: "member" });
      const member = await invitedMember(plain, owner, values);
      if (isInvited) return { remote: member, secrets: {} };
      await plain.update(owner, member.id, { role: values.role }).catch(async (error: unknown) => {
        await plain.remove(owner, member.id);
        throw error;
      });
      return { remote: await plain.fetch(owner, member.id), secrets: {} };
    },
  };
}

export function projectMembers(client: Client, kind: Kind, plain: ObjectApi): ObjectApi {
  return {
    ...plain,
    async create(owner, values) {
      await invite(client, kind, "project", { ...values, project: owner });
      return { remote: await invitedMember(plain, owner, values), secrets: {} };
    },
  };
}

/** The documented invitation. What it answers is documented nowhere, so nothing is read in it. */
async function invite(client: Client, kind: Kind, type: string, values: Values): Promise<void> {
  const answer = await client.send("POST", `${DIALECT.prefix}/invites/${type}`, { body: toWire(DIALECT, kind, values) });
  if (answer.status >= 400) throw errorOf(answer, kind.name, "cannot be invited", readOlyxErrors);
}

/** The member that an invitation made, known by the address alone. */
async function invitedMember(members: ObjectApi, owner: string | undefined, { user }: Values): Promise<Remote> {
  const address = String(user).toLowerCase();
  const there = await members.list(owner).catch((error: unknown) => {
    throw error instanceof GatehouseError ? retold(error, { what: `was invited, and then ${error.parts.what}`, advice: NOT_AGAIN }) : error;
  });
  const invited = there.find(({ values }) => String(values.user).toLowerCase() === address);
  if (invited !== undefined) return invited;
  throw new Refused({ subject: address, what: "was invited, and is not among the members yet", advice: NOT_AGAIN });
}

const NOT_AGAIN =
  "Another run would send the invitation again: look for it in Settings -> Team, and write `adopt: require` once it is there.";
