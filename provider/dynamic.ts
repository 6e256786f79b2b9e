/**
 * What the constant provider string loads in the engine's dynamic host: one provider object per kind, translating the host's calls
 * into the lifecycle's. This module must stay free of top-level await: the host loads it with `require`.
 */
import type * as dynamic from "@pulumi/pulumi/dynamic/index.js";
import type { Kind, Problem } from "../schema/kind.js";
import { governance } from "../schema/kinds/governance.js";
import { KIND_LIST, kindNamed } from "../schema/kinds/index.js";
import { settingsFrom } from "./config.js";
import { governanceProblems } from "./governance-problems.js";
import { endWithEngine } from "./host-lifetime.js";
import { check } from "./lifecycle/check.js";
import { diff } from "./lifecycle/diff.js";
import { type ExclusiveInputs, removeUndeclared, undeclaredObjects } from "./lifecycle/exclusive.js";
import { assertSameControlPlane, declaredIdentity, identify, type RecordedIdentity } from "./lifecycle/identity.js";
import { create, PartialFailure, type Recorded, read, remove, update } from "./lifecycle/lifecycle.js";
import { naturalKey } from "./lifecycle/natural-key.js";
import { Session } from "./lifecycle/session.js";
import { type Bag, propertiesOf, sanitized } from "./wire-values.js";

type Provider = dynamic.ResourceProvider<Bag, Bag>;

const sessions = new Map<string, Session>();

function sessionOf(request: dynamic.ConfigureRequest): Session {
  endWithEngineOnce();
  const settings = settingsFrom((key) => request.config.get(key));
  const key = JSON.stringify(settings);
  const session = sessions.get(key) ?? new Session(settings);
  sessions.set(key, session);
  return session;
}

let watching = false;
function endWithEngineOnce(): void {
  if (!watching) endWithEngine(process.argv[2]);
  watching = true;
}

/** A provider whose other methods wait for `configure`: the host lets calls arrive while it still runs. */
function withSession(methods: (session: () => Promise<Session>) => Provider): Provider {
  let session: Promise<Session> | undefined;
  const configured = () => session ?? Promise.reject(new Error("the provider was called before it was configured"));
  return {
    configure: async (request) => {
      session = (async () => sessionOf(request))();
      await session;
    },
    ...methods(configured),
  };
}

function providerOf(described: Kind): Provider {
  return withSession((session) => {
    const own = async () => {
      const ready = await session();
      return { session: ready, kind: ready.kind(described) };
    };
    return methodsOf(own);
  });
}

function methodsOf(own: () => Promise<{ session: Session; kind: Kind }>): Provider {
  return {
    check: async (olds, news) => {
      const { session, kind } = await own();
      const former = propertiesOf(olds ?? {});
      const { inputs, problems } = check(kind, metAs(former, propertiesOf(news)), session, former);
      return { inputs, failures: failuresOf(problems) };
    },
    diff: async (_id, olds, news) => {
      const { session, kind } = await own();
      const { replaces, ...rest } = diff(kind, propertiesOf(olds), propertiesOf(news), session.now());
      return { ...rest, replaces: [...replaces] };
    },
    create: async (inputs) => {
      const { session, kind } = await own();
      const { id, outputs } = await recordingFailures(kind, inputs, () => create(session, kind, propertiesOf(inputs)));
      return { id, outs: outputs };
    },
    read: async (id, props = {}) => {
      const { session, kind } = await own();
      const found = await read(session, kind, id, propertiesOf(props));
      if (!found) return {};
      return { id, props: sanitized(kind, found.outputs, props), inputs: sanitized(kind, found.inputs, props) };
    },
    update: async (id, olds, news) => {
      const { session, kind } = await own();
      const { outputs } = await recordingFailures(kind, news, () => update(session, kind, id, propertiesOf(olds), propertiesOf(news)));
      return { outs: outputs };
    },
    delete: async (id, props) => {
      const { session, kind } = await own();
      await remove(session, kind, id, propertiesOf(props));
    },
  };
}

/**
 * How an object was met says `adopt` for good: once the stack holds it, the word may leave the file, or come, without a change. The engine
 * knows no former inputs of an object that is made anew, which is met again.
 */
function metAs(olds: Bag, news: Bag): Bag {
  const { adopt, ...rest } = news;
  if (Object.keys(olds).length === 0) return news;
  return olds.adopt === undefined ? rest : { ...rest, adopt: olds.adopt };
}

/** What the inputs of a kind must hold beyond what the kind itself can say, by its name. */
const FURTHER_CHECKS: Readonly<Record<string, typeof governanceProblems>> = { [governance.name]: governanceProblems };

/** A kind that no control plane knows: what is declared is what is. */
function localProviderOf(kind: Kind): Provider {
  return {
    check: async (_olds, news) => {
      const { inputs, problems } = check(kind, propertiesOf(news));
      const further = FURTHER_CHECKS[kind.name]?.(inputs) ?? [];
      return { inputs, failures: failuresOf([...problems, ...further]) };
    },
    diff: async () => ({ replaces: [] }),
    create: async (inputs) => ({ id: kind.name, outs: inputs }),
    update: async (_id, _olds, news) => ({ outs: news }),
  };
}

function failuresOf(problems: readonly Problem[]): { property: string; reason: string }[] {
  return problems.map(({ property, reason }) => ({ property, reason: `${reason} [gatehouse:invalid-input]` }));
}

/** The host records an object that exists but is not whole when the error carries its id and properties. */
async function recordingFailures(kind: Kind, received: Bag, task: () => Promise<Recorded>): Promise<Recorded> {
  try {
    const { id, outputs } = await task();
    return { id, outputs: sanitized(kind, outputs, received) };
  } catch (error) {
    if (!(error instanceof PartialFailure)) throw error;
    const { id, outputs } = error.recorded;
    throw Object.assign(new Error(error.message), { id, properties: sanitized(kind, outputs, received), reasons: [error.message] });
  }
}

/** Holds in the state which control plane the stack belongs to, and refuses another one. */
const controlPlaneIdentity = withSession((session) => ({
  check: async (olds, news) => {
    const before = propertiesOf(olds ?? {}) as Partial<RecordedIdentity>;
    const now = declaredIdentity(await session());
    const inputs = { ...news, ...now };
    if (before.system === undefined) return { inputs };
    try {
      assertSameControlPlane(String(news.name), before as RecordedIdentity, now);
      return { inputs };
    } catch (error) {
      return { inputs, failures: [{ property: "origin", reason: (error as Error).message }] };
    }
  },
  diff: async () => ({ replaces: [] }),
  create: async (inputs) => {
    const identity = await identify(await session());
    return { id: identity.organizationId, outs: { ...inputs, ...identity } };
  },
  read: async (id, props = {}) => {
    const identity = await identify(await session());
    const { organizationId } = props as unknown as RecordedIdentity;
    assertSameControlPlane(String(props.name), { ...identity, organizationId }, identity);
    const { organizationId: _assigned, ...inputs } = props;
    return { id, props, inputs };
  },
  update: async (_id, olds, news) => ({ outs: { ...news, ...(await identify(await session(), propertiesOf(olds))) } }),
}));

/** Removes what nobody declared in a collection and what is to go from it (`$exclusive`, `$remove`), as far as somebody could look at it before. */
const exclusiveCollection = withSession((session) => ({
  diff: async () => ({ replaces: [] }),
  create: async (inputs) => {
    await removeUndeclared(await session(), propertiesOf(inputs) as unknown as ExclusiveInputs, []);
    return { id: String(inputs.kind), outs: inputs };
  },
  read: async (id, props = {}) => {
    const inputs = propertiesOf(props) as unknown as ExclusiveInputs;
    const kind = kindNamed(inputs.kind);
    const undeclared = (await undeclaredObjects(await session(), inputs, "shared")).map((remote) =>
      kind ? naturalKey(kind, remote) : remote.id,
    );
    return { id, props: { ...props, undeclared }, inputs: { ...props, undeclared } };
  },
  update: async (_id, olds, news) => {
    const { undeclared } = propertiesOf(olds) as unknown as ExclusiveInputs;
    await removeUndeclared(await session(), propertiesOf(news) as unknown as ExclusiveInputs, undeclared);
    return { outs: news };
  },
}));

export const providers: Readonly<Record<string, Provider>> = {
  ...Object.fromEntries(KIND_LIST.map((kind) => [kind.name, kind.local ? localProviderOf(kind) : providerOf(kind)])),
  ControlPlaneIdentity: controlPlaneIdentity,
  ExclusiveCollection: exclusiveCollection,
};
