import { check } from "../../provider/lifecycle/check.js";
import { diff } from "../../provider/lifecycle/diff.js";
import { create, type Recorded, read, remove, update } from "../../provider/lifecycle/lifecycle.js";
import { Session } from "../../provider/lifecycle/session.js";
import type { Values } from "../../provider/lifecycle/values.js";
import type { Kind } from "../../schema/kind.js";
import { KINDS, type KindName } from "../../schema/kinds/index.js";
import type { RouterlyServer } from "./routerly.js";

const NAMES = { email: "GATEHOUSE_ROUTERLY_EMAIL", password: "GATEHOUSE_ROUTERLY_PASSWORD" } as const;

/** One run against a server: a session of its own, as each command has, and the lifecycle of every kind through it. */
export interface Run {
  readonly session: Session;
  kind(name: KindName): Kind;
  /** Checks the inputs as the engine would before every operation. Throws their problems as one text. */
  checked(name: KindName, inputs: Values): Values;
  problems(name: KindName, inputs: Values): readonly string[];
  create(name: KindName, inputs: Values): Promise<Recorded>;
  read(name: KindName, recorded: Recorded): ReturnType<typeof read>;
  update(name: KindName, recorded: Recorded, inputs: Values): Promise<Recorded>;
  remove(name: KindName, recorded: Recorded): Promise<void>;
  replaces(name: KindName, recorded: Recorded, inputs: Values): readonly string[];
}

/** The account of the server's administrator, or another one. */
export function startRun(server: RouterlyServer, environment: Readonly<Record<string, string>> = {}): Run {
  const credentials = { email: { env: NAMES.email }, password: { env: NAMES.password } };
  const own = { [NAMES.email]: server.email, [NAMES.password]: server.password, ...environment };
  return runOf(new Session({ name: "main", system: "routerly", url: server.url, credentials }, own));
}

export function runOf(session: Session): Run {
  const kind = (name: KindName) => session.kind(KINDS[name]);
  const problems = (name: KindName, inputs: Values) =>
    check(kind(name), inputs, session).problems.map(({ property, reason }) => `${property}: ${reason}`);
  const checked = (name: KindName, inputs: Values) => {
    const found = problems(name, inputs);
    if (found.length > 0) throw new Error(found.join("\n"));
    return check(kind(name), inputs, session).inputs;
  };
  return {
    session,
    kind,
    checked,
    problems,
    create: (name, inputs) => create(session, kind(name), checked(name, inputs)),
    read: (name, { id, outputs }) => read(session, kind(name), id, outputs),
    update: (name, { id, outputs }, inputs) => update(session, kind(name), id, outputs, checked(name, inputs)),
    remove: (name, { id, outputs }) => remove(session, kind(name), id, outputs),
    replaces: (name, { outputs }, inputs) => diff(kind(name), outputs, checked(name, inputs)).replaces,
  };
}
