/** The ways in which a system says who asks. */
import type { Client } from "../http/client.js";
import { errorOf, type ReadRefusal } from "../http/problem.js";
import type { Adapter, Identity } from "./adapter.js";

/** The embedded control plane, under any profile, says who asks and in which organization. */
export async function identifyByMe(client: Client): Promise<Identity> {
  const { user, organization } = (await read(client, "/v1/me")) as { user?: string; organization: { id: string; name?: string } };
  return { organizationId: organization.id, organizationName: organization.name ?? "", actor: user };
}

/** No call names the organization: that a documented read at this path is answered is all that can be said. */
export function identifyByReading(path: string, readRefusal: ReadRefusal): Adapter["identify"] {
  return async (client) => {
    await read(client, path, readRefusal);
    return ownerOf("the API key");
  };
}

/** Nothing is documented that could be read with this credential: it is taken at its word, and no request is made. */
export async function identifyByCredential(client: Client): Promise<Identity> {
  await client.assertSendable();
  return ownerOf("the credential");
}

async function read(client: Client, path: string, readRefusal?: ReadRefusal): Promise<unknown> {
  const answer = await client.send("GET", path);
  if (answer.status < 400) return answer.body;
  throw errorOf(answer, `control plane "${client.settings.name}"`, "cannot be identified", readRefusal);
}

const ownerOf = (credential: string): Identity => ({ organizationId: `of ${credential}`, organizationName: "", actor: undefined });
