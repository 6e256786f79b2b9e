import { inputFields, type Kind } from "../../schema/kind.js";
import { type KindName, kindNamed, REMOTE_KINDS } from "../../schema/kinds/index.js";
import { EngineFailed } from "../errors.js";
import { changeSetOf } from "../gates/index.js";
import type { ControlPlaneSettings } from "../http/settings.js";
import { naturalKey } from "../lifecycle/exclusive.js";
import { isEnded } from "../lifecycle/lookup.js";
import { matchesPattern } from "../lifecycle/matches-pattern.js";
import { Session } from "../lifecycle/session.js";
import { logicalName } from "../plan/changes.js";
import { controlPlanesAmong } from "../plan/control-planes.js";
import { type Bag, type SeenObject, UNKNOWN } from "../policies/seen.js";
import { StackView } from "../policies/stack-view.js";
import { kindOfToken } from "../provider-string.js";
import { viewAfter } from "../report/views.js";
import { today } from "../today.js";
import type { CommandInput } from "./command.js";
import type { OpenStack } from "./engine-stack.js";
import type { GuardedOutcome } from "./guardrails.js";
import { liveObjects } from "./live-objects.js";
import { plan } from "./plan.js";
import { preflight } from "./preflight.js";
import { failuresText } from "./render.js";
import { controlPlanesIn, SECRET_MARK, type StateControlPlane, type StateResource } from "./state.js";

type PlanInput = Pick<CommandInput, "console" | "refresh">;

/** What a program declares, as the rules see it: only running it tells. Throws EngineFailed where it cannot be planned. */
export async function plannedView(stack: OpenStack, resources: readonly StateResource[], input: PlanInput): Promise<StackView> {
  await preflight(stack, false, resources);
  const { steps, sources = new Map() } = await planned(stack, input);
  return viewAfter(changeSetOf(steps, { live: {}, matchesPattern, today: today() }), sources);
}

async function planned(stack: OpenStack, input: PlanInput): Promise<GuardedOutcome> {
  const outcome = await plan(stack, input);
  if (outcome.failures.length === 0) return outcome;
  throw new EngineFailed({
    subject: `${stack.target.project}/${stack.stackName}`,
    what: `cannot be planned, so that nobody knows what it declares:\n${failuresText(outcome.failures).join("\n")}`,
    advice: "Put that right first; `gatehouse preview` says the same.",
  });
}

/** What a stack last applied, as the rules see it. */
export function appliedView(resources: readonly StateResource[]): StackView {
  const planes = controlPlanesIn(resources);
  return new StackView(resources.flatMap((resource) => seenInState(resource, planes) ?? []));
}

/** What is at the control planes of a stack now, of one that was never applied too. */
export async function liveViewOf(stack: OpenStack, resources: readonly StateResource[], input: PlanInput): Promise<StackView> {
  await preflight(stack, false, resources);
  const known = controlPlanesIn(resources).map(({ settings }) => settings);
  return liveView(stack, resources, known.length > 0 ? known : await declaredPlanes(stack, input));
}

async function declaredPlanes(stack: OpenStack, input: PlanInput): Promise<readonly ControlPlaneSettings[]> {
  if (stack.target.form === "stackFile") return stack.target.stack.controlPlanes;
  const { steps } = await planned(stack, input);
  return [...controlPlanesAmong(steps.map((step) => ({ ...step, inputs: step.new?.inputs }))).values()];
}

function seenInState(resource: StateResource, planes: readonly StateControlPlane[]): SeenObject | undefined {
  const kind = kindNamed(kindOfToken(resource.type) ?? "");
  if (kind === undefined) return undefined;
  const plane = planes.find(({ providerUrn }) => resource.provider?.startsWith(`${providerUrn}::`))?.settings;
  return {
    kind: kind.name as KindName,
    name: logicalName(resource.urn),
    urn: resource.urn,
    id: resource.id,
    system: plane?.system ?? "gatehouse",
    controlPlane: plane?.name ?? "main",
    ...split(kind, { ...withoutSecrets(resource.outputs ?? {}), ...withoutSecrets(resource.inputs ?? {}) }),
    sources: Object.fromEntries(Object.entries(resource.propertyDependencies ?? {}).map(([name, urns]) => [name, urns ?? []])),
  };
}

/**
 * What is at the control planes now, as the rules see it: objects that nobody declared too, those that ended not. Managed ones have the
 * name that the stack gives them. What no request can read comes from the state: what is `local`, and what only a person can look at.
 */
async function liveView(
  stack: OpenStack,
  resources: readonly StateResource[],
  planes: readonly ControlPlaneSettings[],
): Promise<StackView> {
  const applied = appliedView(resources);
  const byId = new Map(applied.objects.map((object) => [`${object.controlPlane}\n${object.kind}\n${object.id}`, object]));
  const found: SeenObject[] = [];
  const read = new Set<string>();
  for (const settings of planes) {
    const session = new Session(settings, { ...stack.environment, GATEHOUSE_READ_ONLY: "1" });
    const kinds = REMOTE_KINDS.filter((kind) => session.reaches(kind));
    for (const { name } of kinds) read.add(`${settings.name}\n${name}`);
    const live = await liveObjects(session, kinds);
    found.push(
      ...live.flatMap(({ kind, remote, id }): SeenObject[] => {
        if (isEnded(kind, remote.values)) return [];
        const managed = byId.get(`${settings.name}\n${kind.name}\n${id}`);
        const seen = split(kind, remote.values);
        return [
          {
            kind: kind.name as KindName,
            name: managed?.name ?? `${kind.name} ${naturalKey(kind, remote)}`,
            urn: managed?.urn ?? `${settings.name}/${kind.name}/${id}`,
            id: remote.id,
            system: settings.system,
            controlPlane: settings.name,
            inputs: { ...localOf(session.kind(kind), managed), ...seen.inputs },
            outputs: seen.outputs,
            sources: {},
          },
        ];
      }),
    );
  }
  const unread = applied.objects.filter(({ kind, controlPlane }) => !read.has(`${controlPlane}\n${kind}`));
  return new StackView([...unread, ...found]);
}

function localOf(kind: Kind, managed: SeenObject | undefined): Bag {
  const inputs = (managed?.inputs ?? {}) as Bag;
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => holdsLocal(kind, name)));
}

function holdsLocal(kind: Kind, name: string): boolean {
  const field = kind.fields[name];
  return field?.flags.local === true || Object.values(field?.fields ?? {}).some(({ flags }) => flags.local === true);
}

function split(kind: Kind, values: Bag): Pick<SeenObject, "inputs" | "outputs"> {
  const fields = inputFields(kind);
  const isInput = ([name, value]: [string, unknown]) => Object.hasOwn(fields, name) && value !== null;
  const entries = Object.entries(values);
  return {
    inputs: Object.fromEntries(entries.filter(isInput)) as SeenObject["inputs"],
    outputs: Object.fromEntries(entries.filter(([name]) => !Object.hasOwn(fields, name))),
  };
}

/** An encrypted value is one that rules cannot know. */
function withoutSecrets(value: Bag): Bag {
  const clean = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(clean);
    if (typeof one !== "object" || one === null) return one;
    return SECRET_MARK in one ? UNKNOWN : Object.fromEntries(Object.entries(one).map(([name, inner]) => [name, clean(inner)]));
  };
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !name.startsWith("__"))
      .map(([name, inner]) => [name, clean(inner)]),
  );
}
