import type { Kind } from "../../schema/kind.js";
import type { Adapter, ObjectApi, Remote } from "../adapters/adapter.js";
import { adapterOf } from "../adapters/index.js";
import { InvalidInput } from "../errors.js";
import { Client } from "../http/client.js";
import type { ControlPlaneSettings, Environment } from "../http/settings.js";
import { SharedLists } from "./shared-lists.js";

/** Everything that the calls of one run to one control plane share: client, lists, environment. */
export class Session {
  readonly settings: ControlPlaneSettings;
  readonly environment: Environment;
  readonly adapter: Adapter;
  readonly client: Client;
  readonly #lists = new SharedLists();

  constructor(settings: ControlPlaneSettings, environment: Environment = process.env) {
    this.settings = settings;
    this.environment = environment;
    this.adapter = adapterOf(settings.system);
    this.client = new Client(settings, this.adapter.authenticate({ settings }), environment);
  }

  /** The way to objects of this kind. Throws InvalidInput when the system has none. */
  objects(kind: Kind): ObjectApi {
    const api = this.adapter.objects(this.client, kind);
    if ("unsupported" in api) throw new InvalidInput({ subject: kind.name, what: `${this.adapter.system} ${api.unsupported}` });
    return this.#lists.around(kind, api);
  }

  /** All objects of a kind below an owner, from the list that this run shares. */
  list(kind: Kind, owner: string | undefined): Promise<readonly Remote[]> {
    return this.#lists.list(kind, owner, () => this.objects(kind).list(owner));
  }
}
