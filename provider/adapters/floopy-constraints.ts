import type { Kind } from "../../schema/kind.js";
import { fromWire, toWire } from "../../schema/systems/dialect.js";
import { DIALECT } from "../../schema/systems/floopy.js";
import { AlreadyExists, InvalidInput, NotFound, Refused } from "../errors.js";
import type { Answer, Client } from "../http/client.js";
import { errorOf } from "../http/problem.js";
import type { ObjectApi, Remote } from "./adapter.js";
import { readErrorBody } from "./read-error-body.js";

const PATH = "/v1/constraints";
/** Id of the constraints, of which there is one set. */
export const CONSTRAINTS_ID = "constraints";

type Values = Readonly<Record<string, unknown>>;

/**
 * The organization's constraints beside the named rules. The constraints are always there and are written as a whole (F-64): what
 * nobody set is null, so they count as made by whoever sets the first of them. `rules` is undefined where no rule can be reached.
 */
export function routingPolicies(client: Client, kind: Kind, rules: ObjectApi | undefined): ObjectApi {
  async function call(method: "GET" | "PUT", doing: string, body?: Values): Promise<Answer> {
    const answer = await client.send(method, PATH, body === undefined ? {} : { body });
    if (answer.status >= 400) throw notGone(errorOf(answer, "RoutingPolicy constraints", doing, readErrorBody));
    return answer;
  }
  const get = async (): Promise<Values> => constraintsIn(kind, (await call("GET", "cannot be read")).body as Values);
  const put = async (constraints: Values): Promise<void> => {
    const { constraints: body } = toWire(DIALECT, kind, { constraints: withoutNull(constraints) });
    await call("PUT", "cannot be changed", body as Values);
  };
  const named = (doing: string): ObjectApi => {
    if (rules !== undefined) return rules;
    throw new InvalidInput({
      subject: kind.name,
      what: `a named rule cannot be ${doing}: Floopy documents an API for its constraints only`,
      advice: "Use transport dashboard, where a person does it, or rehearsal; or write allowAssumed: true on the control plane.",
    });
  };
  return {
    async list(owner) {
      const constraints = await get();
      return [...(rules === undefined ? [] : await rules.list(owner)), ...(isSet(constraints) ? [remote(constraints)] : [])];
    },
    fetch: async (owner, id) => (id === CONSTRAINTS_ID ? remote(await get()) : named("read").fetch(owner, id)),
    async create(owner, values) {
      if (values.constraints === undefined) return named("created").create(owner, values);
      if (isSet(await get())) throw new AlreadyExists({ subject: "RoutingPolicy constraints", what: "are set already" });
      await put(values.constraints as Values);
      return { remote: remote(await get()), secrets: {} };
    },
    async update(owner, id, changes) {
      if (id !== CONSTRAINTS_ID) return named("changed").update(owner, id, changes);
      const wanted = changes.constraints === null ? {} : merged(await get(), (changes.constraints ?? {}) as Values);
      await put(wanted);
    },
    remove: async (owner, id) => (id === CONSTRAINTS_ID ? put({}) : named("deleted").remove(owner, id)),
    renewSecret: async (owner, id) => named("renewed").renewSecret(owner, id),
  };
}

function remote(constraints: Values): Remote {
  return { id: CONSTRAINTS_ID, owner: undefined, builtIn: false, values: { constraints, policyId: CONSTRAINTS_ID } };
}

/** What is declared of the answer: its null fields are nobody's, its `defaults` are the platform's. */
function constraintsIn(kind: Kind, body: Values): Values {
  const { defaults: _defaults, ...rest } = body;
  return withoutNull(fromWire(DIALECT, kind, { constraints: rest }).constraints as Values);
}

function withoutNull(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

function isSet(constraints: Values): boolean {
  return Object.values(constraints).some((value) => value !== false);
}

function merged(now: Values, changes: Values): Values {
  const entries = Object.entries(changes).map(([name, value]) => {
    const isPart = typeof value === "object" && value !== null;
    return [name, isPart ? { ...(now[name] as Values | undefined), ...value } : value];
  });
  return withoutNull({ ...now, ...Object.fromEntries(entries) });
}

/** A 404 of this address may mean that the plan has no constraints: never that they are gone (F-69). */
function notGone(error: Error): Error {
  if (!(error instanceof NotFound)) return error;
  return new Refused({ ...error.parts, advice: "Floopy hides what a plan does not have: constraints need the plan Pro." });
}
