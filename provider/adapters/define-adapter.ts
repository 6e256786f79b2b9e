import type { Kind } from "../../schema/kind.js";
import type { KindName } from "../../schema/kinds/index.js";
import type { Dialect } from "../../schema/systems/dialect.js";
import type { RoleTable } from "../../schema/systems/roles.js";
import type { Client } from "../http/client.js";
import { credential } from "../http/credentials.js";
import { errorOf, type ReadRefusal } from "../http/problem.js";
import type { Adapter, Identity, KindSupport, ObjectApi, Transport } from "./adapter.js";
import { canonicalObjects } from "./canonical.js";

interface Parts {
  readonly system: string;
  readonly title: string;
  readonly kinds: Readonly<Partial<Record<KindName, KindSupport>>>;
  readonly roles: RoleTable;
  readonly dialect: Dialect;
  readonly defaultTransport: Transport;
  /** How the system says why it refuses; problem documents and the usual error bodies when absent. */
  readonly readRefusal?: ReadRefusal;
  /** Who answers, where it is not asked as the embedded control plane is. */
  readonly identify?: Adapter["identify"];
  /** Objects that are reached in another way than as a collection in the dialect. */
  readonly objects?: (client: Client, kind: Kind) => ObjectApi | undefined;
}

/** An adapter of a system with one bearer token, whose objects are collections in its dialect. */
export function defineAdapter({ dialect, objects, readRefusal, identify = identifyByMe, ...parts }: Parts): Adapter {
  return {
    ...parts,
    dialect,
    authenticate: (client) => async (environment) => ({ authorization: `Bearer ${credential(client.settings, "token", environment)}` }),
    identify,
    objects: (client, kind) => objects?.(client, kind) ?? canonicalObjects(client, kind, dialect, readRefusal),
  };
}

/** The embedded control plane, under any profile, says who asks and in which organization. */
export async function identifyByMe(client: Client): Promise<Identity> {
  const answer = await client.send("GET", "/v1/me");
  if (answer.status >= 400) throw errorOf(answer, `control plane "${client.settings.name}"`, "cannot be identified");
  const { user, organization } = answer.body as { user?: string; organization: { id: string; name?: string } };
  return { organizationId: organization.id, organizationName: organization.name ?? "", actor: user };
}
