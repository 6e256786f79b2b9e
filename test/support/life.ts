import { expect } from "vitest";
import { check } from "../../provider/lifecycle/check.js";
import { diff } from "../../provider/lifecycle/diff.js";
import { create, type Recorded, read, remove, update } from "../../provider/lifecycle/lifecycle.js";
import { Session } from "../../provider/lifecycle/session.js";
import type { Values } from "../../provider/lifecycle/values.js";
import { KINDS, type KindName } from "../../schema/kinds/index.js";
import { type ApiAnswer, startTestServer, type TestServer } from "./start-server.js";

/** One object of a kind as a stack declares it, and what the server says of it, in the system's own words. */
export interface Life {
  readonly kind: KindName;
  readonly inputs: Values;
  /** Address of the object at the server. */
  readonly at: (id: string) => string;
  /** Changes one after the other, each with what the server must then answer. */
  readonly changes: readonly { readonly to: Values; readonly wire: object }[];
  /** A change by hand, and what a refresh must make of it. */
  readonly byHand?: { readonly wire: object; readonly seen: Values };
  /** Values that need another object. */
  readonly replacing?: Values;
  /** False for what cannot be deleted behind our back. */
  readonly deletable?: boolean;
}

/** A control plane under a system's profile, and a session of the provider that speaks to it as in a rehearsal. */
export class Living {
  readonly server: TestServer;
  readonly session: Session;

  private constructor(server: TestServer, session: Session) {
    this.server = server;
    this.session = session;
  }

  static async start(system: string, now?: () => Date): Promise<Living> {
    const server = await startTestServer({ profile: system, ...(now && { now }) });
    return new Living(server, Living.#sessionOf(server, system));
  }

  static #sessionOf(server: TestServer, system: string): Session {
    const environment = { GATEHOUSE_TOKEN: server.token, GATEHOUSE_TEST_SECRET: "sk-secret-value", GATEHOUSE_OTHER_SECRET: "another" };
    return new Session({ name: "main", system, url: server.url, transport: "rehearsal" }, environment);
  }

  /** Another run: nothing of this one is remembered. */
  again(): Living {
    return new Living(this.server, Living.#sessionOf(this.server, this.session.settings.system));
  }

  /** Problems that a check finds, each as `property: reason`. */
  problems(kind: KindName, given: Values): string[] {
    return this.#checked(kind, given).problems.map(({ property, reason }) => `${property}: ${reason}`);
  }

  #checked(kind: KindName, given: Values) {
    return check(this.session.kind(KINDS[kind]), given, this.session);
  }

  /** The inputs as the engine would hold them. Fails where a check finds a problem. */
  inputs(kind: KindName, given: Values): Values {
    const { inputs, problems } = this.#checked(kind, given);
    expect(problems).toEqual([]);
    return inputs;
  }

  create(kind: KindName, given: Values): Promise<Recorded> {
    return create(this.session, this.session.kind(KINDS[kind]), this.inputs(kind, given));
  }

  update(kind: KindName, { id, outputs }: Recorded, given: Values): Promise<Recorded> {
    return update(this.session, this.session.kind(KINDS[kind]), id, outputs, this.inputs(kind, given));
  }

  /** The object as a refresh sees it in a new run. */
  read(kind: KindName, { id, outputs }: Recorded) {
    const { session } = this.again();
    return read(session, session.kind(KINDS[kind]), id, outputs);
  }

  remove(kind: KindName, { id, outputs }: Recorded): Promise<void> {
    return remove(this.session, this.session.kind(KINDS[kind]), id, outputs);
  }

  /** Names of the properties whose change replaces the object. */
  replaces(kind: KindName, { outputs }: Recorded, given: Values): readonly string[] {
    return diff(this.session.kind(KINDS[kind]), outputs, this.inputs(kind, given)).replaces;
  }

  api(method: string, path: string, body?: unknown): Promise<ApiAnswer> {
    return this.server.api(method, path, body);
  }
}

/** What every object goes through: made, unchanged, changed, changed by hand, not taken over, gone behind our back. */
export async function live(living: Living, { kind, inputs, at, changes, byHand, replacing, deletable = true }: Life): Promise<void> {
  const made = await living.create(kind, inputs);
  expect((await living.api("GET", at(made.id))).status, "the server has it").toBe(200);
  const declared = living.inputs(kind, inputs);
  expect((await living.read(kind, made))?.inputs, "nothing differs after the creation").toEqual(declared);

  let now = made;
  let given = inputs;
  for (const { to, wire } of changes) {
    given = withoutNull({ ...given, ...to });
    expect(living.replaces(kind, now, given), `${Object.keys(to)} changes in place`).toEqual([]);
    now = await living.update(kind, now, given);
    expect((await living.api("GET", at(made.id))).body, `the server keeps ${Object.keys(to)}`).toMatchObject(wire);
    expect((await living.read(kind, now))?.inputs, `nothing differs after ${Object.keys(to)}`).toEqual(living.inputs(kind, given));
  }
  if (replacing !== undefined) {
    for (const [name, value] of Object.entries(replacing)) {
      expect(living.replaces(kind, now, { ...given, [name]: value }), `${name} replaces`).toContain(name);
    }
  }
  if (byHand !== undefined) {
    expect((await living.api("PATCH", at(made.id), byHand.wire)).status, "it can be changed by hand").toBe(200);
    const seen = await living.read(kind, now);
    expect(seen?.inputs, "a refresh sees it").toEqual({ ...living.inputs(kind, given), ...byHand.seen });
    now = await living.update(kind, { id: now.id, outputs: seen?.outputs ?? {} }, given);
    expect((await living.read(kind, now))?.inputs, "and the next run repairs it").toEqual(living.inputs(kind, given));
  }
  if (!deletable) return;
  await expect(living.create(kind, given), "what is there is not taken over").rejects.toThrow("never taken over silently");
  const { outputs } = await living.again().create(kind, { ...given, adopt: "ifExists" });
  expect(outputs.adopted).toBe(true);

  const custody = KINDS[kind].custody;
  expect((await living.api("DELETE", at(made.id))).status).toBe(204);
  const gone = await living.read(kind, now);
  if (custody === undefined) expect(gone, "gone is gone").toBeUndefined();
  else expect(custody.ended, "an ended key is told, and not made anew").toContain(gone?.outputs[custody.statusField]);
  await living.remove(kind, now);
  const again = await living.again().create(kind, given);
  expect((await living.api("GET", at(again.id))).status, "it can be made again").toBe(200);
}

function withoutNull(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
