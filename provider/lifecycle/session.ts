import type { Kind } from "../../schema/kind.js";
import type { Adapter, ObjectApi, Remote, Transport } from "../adapters/adapter.js";
import { adapterOf, transportOf } from "../adapters/index.js";
import { specialised, supportOf, transportProblem } from "../adapters/support.js";
import { tellingGuesses } from "../adapters/telling-guesses.js";
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
  readonly #kinds = new Map<string, Kind>();

  /** What time it is. */
  readonly now: () => Date;

  constructor(settings: ControlPlaneSettings, environment: Environment = process.env, now: () => Date = () => new Date()) {
    this.settings = settings;
    this.environment = environment;
    this.now = now;
    this.adapter = adapterOf(settings.system);
    this.client = new Client(settings, this.adapter.authenticate({ settings }), environment, this.adapter);
  }

  /** How changes reach the control plane. */
  get transport(): Transport {
    return transportOf(this.settings);
  }

  /** The kind as this system has it. */
  kind(kind: Kind): Kind {
    const known = this.#kinds.get(kind.name) ?? specialised(this.adapter, kind);
    this.#kinds.set(kind.name, known);
    return known;
  }

  /** The way to objects of this kind. Throws InvalidInput when the system has none, or the transport does not reach them. */
  objects(kind: Kind): ObjectApi {
    const problem = this.#problem(kind);
    if (problem !== undefined) throw new InvalidInput({ subject: kind.name, what: problem });
    const api = this.adapter.objects(this.client, kind);
    return this.#lists.around(kind, this.transport === "api" ? tellingGuesses(this.adapter, kind, api) : api);
  }

  /** True when requests can be made for objects of this kind. */
  reaches(kind: Kind): boolean {
    return this.#problem(kind) === undefined;
  }

  #problem(kind: Kind): string | undefined {
    const support = supportOf(this.adapter, kind);
    if ("lacking" in support) return support.lacking;
    const own = transportProblem(this.adapter, kind, this.transport, this.settings.allowAssumed ?? false);
    return own ?? (this.transport === "dashboard" ? `a person reads ${this.adapter.title}: no request is made to it` : undefined);
  }

  /** All objects of a kind below an owner, from the list that this run shares. */
  list(kind: Kind, owner: string | undefined): Promise<readonly Remote[]> {
    return this.#lists.list(kind, owner, () => this.objects(kind).list(owner));
  }
}
