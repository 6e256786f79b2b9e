import { type ChangeSet, changeSetOf, type Facts, type LiveObject } from "../../../provider/gates/index.js";
import type { Step } from "../../../provider/plan/changes.js";
import { typeToken } from "../../../provider/provider-string.js";

export const TODAY = "2026-11-21";

type Values = Readonly<Record<string, unknown>>;

const PROVIDER = "urn:pulumi:dev::acme::pulumi:providers:pulumi-nodejs::main";

/** One step of the engine. The id of an object that is there is its logical name, unless it is given as `id` of the outputs. */
function step(op: string, kind: string, name: string, before: Values | undefined, after: Values | undefined, outputs: Values = {}): Step {
  const type = typeToken(kind);
  return {
    op,
    type,
    urn: `urn:pulumi:dev::acme::${type}::${name}`,
    provider: `${PROVIDER}::an-id`,
    old: before && { id: String(outputs.id ?? name), inputs: before, outputs: { ...before, ...outputs } },
    new: after && { inputs: after },
  };
}

export const kept = (kind: string, name: string, inputs: Values, outputs?: Values) => step("same", kind, name, inputs, inputs, outputs);
export const created = (kind: string, name: string, inputs: Values) => step("create", kind, name, undefined, inputs);
export const deleted = (kind: string, name: string, inputs: Values, outputs?: Values) =>
  step("delete", kind, name, inputs, undefined, outputs);
export const released = (kind: string, name: string, inputs: Values) => deleted(kind, name, { ...inputs, onDelete: "release" });
export const updated = (kind: string, name: string, before: Values, after: Values, outputs?: Values) =>
  step("update", kind, name, before, { ...before, ...after }, outputs);
export const replaced = (kind: string, name: string, before: Values, after: Values, outputs?: Values) =>
  step("replace", kind, name, before, { ...before, ...after }, outputs);

/** The step of the control plane itself. */
export function plane(before: Values | undefined, after: Values | undefined, op = "update"): Step {
  const inputs = (values: Values | undefined) =>
    values && {
      inputs: Object.fromEntries(Object.entries({ name: "main", system: "gatehouse", ...values }).map(([n, v]) => [`gatehouse:${n}`, v])),
    };
  return { op, type: "pulumi:providers:pulumi-nodejs", urn: PROVIDER, old: inputs(before), new: inputs(after) };
}

const DEFAULT_PROVIDER = "urn:pulumi:dev::acme::pulumi:providers:pulumi-nodejs::default";

/** The step of the provider that objects have which name none: its inputs are the configuration of the stack. */
export function configured(before: Values | undefined, after: Values | undefined, op = "same"): Step {
  const state = (inputs: Values | undefined) => inputs && { inputs };
  return { op, type: "pulumi:providers:pulumi-nodejs", urn: DEFAULT_PROVIDER, old: state(before), new: state(after) };
}

/** The same step of an object that names no control plane. */
export const onConfigured = (one: Step): Step => ({ ...one, provider: `${DEFAULT_PROVIDER}::an-id` });

/** An object that the control plane lists. */
export function listed(kind: string, id: string, values: Values, more: Partial<LiveObject> = {}): LiveObject {
  return { kind, id, values, builtIn: false, ...more };
}

export interface Around {
  readonly live?: readonly LiveObject[];
  readonly actor?: string;
  readonly operation?: Facts["operation"];
  readonly system?: string;
}

/** Facts of a plan on the one control plane `main`. */
export function factsOf(steps: readonly Step[], { live = [], actor, operation = "up", system = "gatehouse" }: Around = {}): Facts {
  const state = { main: { actor, objects: live } };
  const own = steps.some(({ urn }) => urn === PROVIDER) ? [] : [plane({ system }, { system }, "same")];
  const changes: ChangeSet = changeSetOf([...own, ...steps], { live: state, today: TODAY });
  return { changes, live: state, operation, today: TODAY };
}

/** People of the organization, as they are now: `role` of each e-mail address. */
export function members(roles: Readonly<Record<string, string>>): readonly LiveObject[] {
  return Object.entries(roles).map(([user, role]) => listed("OrganizationMember", user, { user, role, status: "active" }));
}
