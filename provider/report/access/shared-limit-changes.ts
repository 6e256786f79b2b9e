import type { PlaneAccess } from "./access.js";
import { type AccessChange, type AccessSide, NO_ACCESS, type PlaceChange } from "./access-change.js";
import { differenceOfLimits, type Limit } from "./limit.js";

type Where = Pick<PlaceChange, "in" | "projects" | "environments">;

/** Changed limits that keys share, told once for all of them and not for each. Those of a new or a former project are part of its keys' access. */
export function sharedLimitChanges(before: PlaneAccess, after: PlaneAccess): readonly AccessChange[] {
  const classes = new Set([...before.environments.keys(), ...after.environments.keys()]);
  return [
    ...changes(before, after, before.limits, after.limits, { in: "everyProject", projects: [], environments: [] }),
    ...[...classes].flatMap((one) =>
      changes(before, after, before.environments.get(one) ?? [], after.environments.get(one) ?? [], {
        in: "everyProject",
        projects: [],
        environments: [one],
      }),
    ),
    ...[...after.projects.values()].flatMap(({ name, environment, limits }) =>
      changes(before, after, before.projects.get(name)?.limits ?? [], limits, {
        in: "projects",
        projects: [name],
        environments: environment === undefined ? [] : [environment],
      }),
    ),
  ];
}

function changes(
  { name }: PlaneAccess,
  { system }: PlaneAccess,
  before: readonly Limit[],
  after: readonly Limit[],
  where: Where,
): readonly AccessChange[] {
  const { wider, narrower } = differenceOfLimits(before, after);
  const subject = { type: "everyKey", name: "every key" } as const;
  const places = [{ ...where, except: [], before: sideOf(before), after: sideOf(after) }];
  return [...(wider ? (["widened"] as const) : []), ...(narrower ? (["narrowed"] as const) : [])].map((change) => ({
    change,
    subject,
    urn: undefined,
    owner: undefined,
    controlPlane: name,
    system,
    places,
  }));
}

function sideOf(limits: readonly Limit[]): AccessSide {
  return { ...NO_ACCESS, capabilities: ["callModels"], limits };
}
