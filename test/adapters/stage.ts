import { adapterOf } from "../../provider/adapters/index.js";
import type { Recorded } from "../../provider/lifecycle/lifecycle.js";
import { Session } from "../../provider/lifecycle/session.js";
import type { Values } from "../../provider/lifecycle/values.js";
import { type Run, runOf } from "../support/routerly-adapter.js";
import { Reference, SECRETS, type Started } from "./samples/sample.js";
import { sampleOf, started } from "./samples.js";

/** An object that was made before because others refer to it. */
interface Prepared {
  readonly reference: Reference;
  readonly inputs: Values;
  readonly recorded: Recorded;
}

/** A fresh server of a system, on which samples live with everything that they refer to. */
export class Stage {
  readonly system: string;
  readonly url: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly #server: Started["server"];
  readonly #prepared = new Map<string, Promise<Prepared | undefined>>();

  readonly #signedIn: Readonly<Record<string, string>>;

  private constructor(system: string, { server, environment, signedIn = environment }: Started) {
    this.system = system;
    this.url = server.url;
    this.environment = { ...environment, ...SECRETS };
    this.#signedIn = { ...signedIn, ...SECRETS };
    this.#server = server;
  }

  static async of(system: string): Promise<Stage> {
    return new Stage(system, await started(system));
  }

  /** Values of its environment that must be seen nowhere. */
  get secrets(): readonly string[] {
    return Object.entries(this.environment).flatMap(([name, value]) => (name.endsWith("_EMAIL") ? [] : [value]));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#server.close();
  }

  /** A run that remembers nothing of the others, at the server or at what stands before it. */
  run(url = this.url): Run {
    return this.#runIn(this.#signedIn, url);
  }

  /** The same, which has to sign in first where the system wants that. */
  signingIn(url: string): Run {
    return this.#runIn(this.environment, url);
  }

  #runIn(environment: Readonly<Record<string, string>>, url: string): Run {
    return runOf(new Session({ name: "main", system: this.system, url, transport: "rehearsal" }, environment));
  }

  /** Every object that was made because a sample refers to it. */
  async prepared(): Promise<readonly Prepared[]> {
    return (await Promise.all(this.#prepared.values())).filter((one) => one !== undefined);
  }

  /** The values with each reference made good: what is referred to is made first. */
  async resolved(values: Values): Promise<Values> {
    return (await this.#resolved(values)) as Values;
  }

  async #resolved(value: unknown): Promise<unknown> {
    if (value instanceof Reference) return this.#valueOf(value);
    if (Array.isArray(value)) {
      const items: unknown[] = [];
      for (const item of value) items.push(await this.#resolved(item));
      return items;
    }
    if (typeof value !== "object" || value === null) return value;
    const entries: [string, unknown][] = [];
    for (const [name, member] of Object.entries(value)) entries.push([name, await this.#resolved(member)]);
    return Object.fromEntries(entries);
  }

  async #valueOf(reference: Reference): Promise<unknown> {
    const name = `${reference.kind} ${reference.isSecond}`;
    const found = this.#prepared.get(name) ?? this.#prepare(reference);
    this.#prepared.set(name, found);
    const prepared = await found;
    if (prepared === undefined) return reference.otherwise;
    return reference.field === undefined ? prepared.recorded.id : prepared.inputs[reference.field];
  }

  async #prepare(reference: Reference): Promise<Prepared | undefined> {
    const sample = sampleOf(adapterOf(this.system), reference.kind);
    if (sample === undefined) return undefined;
    // A second object stands beside the first: below the same owner, under another name.
    const own = Object.entries(reference.isSecond ? sample.another : {}).filter(([, value]) => !(value instanceof Reference));
    const inputs = await this.resolved({ ...sample.inputs, ...Object.fromEntries(own) });
    return { reference, inputs, recorded: await this.run().create(reference.kind, inputs) };
  }
}
