import type { Kind } from "../../schema/kind.js";
import type { KindName } from "../../schema/kinds/index.js";
import type { Dialect } from "../../schema/systems/dialect.js";
import type { RoleTable } from "../../schema/systems/roles.js";
import type { Client } from "../http/client.js";
import { credential } from "../http/credentials.js";
import type { ReadRefusal } from "../http/problem.js";
import type { Adapter, KindSupport, ObjectApi, Transport } from "./adapter.js";
import { archivedInsteadOfRemoved } from "./archived-projects.js";
import { canonicalObjects } from "./canonical.js";
import { identifyByMe } from "./identify.js";

interface Parts {
  readonly system: string;
  readonly title: string;
  readonly kinds: Readonly<Partial<Record<KindName, KindSupport>>>;
  readonly roles: RoleTable;
  readonly projectIsEnvironment?: boolean;
  readonly dialect: Dialect;
  readonly defaultTransport: Transport;
  /** How the system says why it refuses; problem documents and the usual error bodies when absent. */
  readonly readRefusal?: ReadRefusal;
  /** Who answers over the system's own API. In a rehearsal it is the embedded control plane, which is asked in its own way. */
  readonly identify: Adapter["identify"];
  /** Objects that are reached in another way than as a collection in the dialect. */
  readonly objects?: (client: Client, kind: Kind) => ObjectApi | undefined;
}

/** An adapter of a system with one bearer token, whose objects are collections in its dialect. */
export function defineAdapter({ dialect, objects, readRefusal, identify, ...parts }: Parts): Adapter {
  return {
    ...parts,
    dialect,
    authenticate: (client) => async (environment) => ({ authorization: `Bearer ${credential(client.settings, "token", environment)}` }),
    identify: (client) => (client.settings.transport === "rehearsal" ? identifyByMe(client) : identify(client)),
    objects(client, kind) {
      const plain = objects?.(client, kind) ?? canonicalObjects(client, kind, dialect, readRefusal);
      const isArchived = parts.kinds[kind.name as KindName]?.archivedInsteadOfRemoved === true;
      return isArchived ? archivedInsteadOfRemoved(plain) : plain;
    },
  };
}
