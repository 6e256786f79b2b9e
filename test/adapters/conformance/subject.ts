import type { KindSupport } from "../../../provider/adapters/adapter.js";
import { supportOf } from "../../../provider/adapters/support.js";
import { create, type Recorded, read, remove, update } from "../../../provider/lifecycle/lifecycle.js";
import { ownerOf } from "../../../provider/lifecycle/lookup.js";
import type { Values } from "../../../provider/lifecycle/values.js";
import { inputFields, type Kind } from "../../../schema/kind.js";
import { KINDS, type KindName } from "../../../schema/kinds/index.js";
import type { Run } from "../../support/routerly-adapter.js";
import type { KindSample } from "../samples.js";
import type { Stage } from "../stage.js";

/** The object whose story is told: its sample, with all that it refers to made before, on a server of its own. */
export class Subject {
  readonly stage: Stage;
  readonly name: KindName;
  /** The kind as the system has it. */
  readonly kind: Kind;
  readonly support: KindSupport;
  readonly inputs: Values;
  readonly changed: Values;
  /** Another value of each field whose change replaces. */
  readonly another: Values;
  readonly sample: KindSample;
  /** Serves what needs no network, so that the description of the kind is compiled once. */
  readonly #checks: Run;

  private constructor(stage: Stage, sample: KindSample, given: { inputs: Values; change: Values; another: Values }) {
    const name = sample.kind;
    this.#checks = stage.run();
    const support = supportOf(this.#checks.session.adapter, KINDS[name]);
    if ("lacking" in support) throw new Error(`${stage.system} has no ${name}`);
    this.stage = stage;
    this.sample = sample;
    this.name = name;
    this.kind = this.#checks.kind(name);
    this.support = support;
    this.inputs = given.inputs;
    this.changed = { ...given.inputs, ...given.change };
    this.another = given.another;
  }

  static async of(stage: Stage, sample: KindSample): Promise<Subject> {
    const inputs = await stage.resolved(sample.inputs);
    const change = await stage.resolved(sample.change);
    return new Subject(stage, sample, { inputs, change, another: await stage.resolved(sample.another) });
  }

  /** The inputs as the engine would hold them. Throws when a check finds a problem. */
  declared(given: Values): Values {
    return this.#checks.checked(this.name, given);
  }

  /** What a check finds, each as `property: reason`. */
  problems(given: Values): readonly string[] {
    return this.#checks.problems(this.name, given);
  }

  replaces(object: Recorded, given: Values): readonly string[] {
    return this.#checks.replaces(this.name, object, given);
  }

  /** One run, which remembers nothing of the others, at the server or at what stands before it. */
  through(url = this.stage.url) {
    const { session } = this.stage.run(url);
    return {
      create: (given: Values) => create(session, this.kind, this.declared(given)),
      read: ({ id, outputs }: Recorded) => read(session, this.kind, id, outputs),
      update: ({ id, outputs }: Recorded, given: Values) => update(session, this.kind, id, outputs, this.declared(given)),
      remove: ({ id, outputs }: Recorded) => remove(session, this.kind, id, outputs),
      list: () => session.objects(this.kind).list(ownerOf(this.kind, this.inputs)),
    };
  }

  /** The inputs as a refresh in a new run sees them. Undefined when the object is gone. */
  async seen(object: Recorded): Promise<Values | undefined> {
    return (await this.through().read(object))?.inputs;
  }

  // Each in a run of its own, and `async` so that a problem rejects.
  create = async (given: Values): Promise<Recorded> => this.through().create(given);
  read = async (object: Recorded) => this.through().read(object);
  update = async (object: Recorded, given: Values): Promise<Recorded> => this.through().update(object, given);
  remove = async (object: Recorded): Promise<void> => this.through().remove(object);

  /** Names of the computed fields that are secrets shown once. */
  get revealed(): readonly string[] {
    return Object.keys(this.kind.fields).filter((name) => this.kind.fields[name]?.flags.revealedOnce);
  }

  /** The field that renews a secret, by a new object or in place. */
  get renewing(): string | undefined {
    return Object.entries(inputFields(this.kind)).find(([, { flags }]) => flags.renewsSecret)?.[0];
  }
}
