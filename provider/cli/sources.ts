import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kindNamed } from "../../schema/kinds/index.js";
import { logicalName, type Step } from "../plan/changes.js";
import { declaredView } from "../policies/declared-view.js";
import { kindOfToken } from "../provider-string.js";
import type { Sources } from "../report/views.js";
import type { Stack } from "../stackfile/index.js";
import type { StateResource } from "./state.js";

/** From what the properties of the objects in a state take their values. */
export function sourcesInState(resources: readonly StateResource[]): Sources {
  return new Map(resources.map(({ urn, propertyDependencies = {} }) => [urn, withoutNulls(propertyDependencies)]));
}

/** The same of what a stack file declares, for the objects of a plan. */
export function declaredSources(stack: Stack, steps: readonly Step[]): Sources {
  const objects = steps.filter(({ type }) => kindNamed(kindOfToken(type) ?? "") !== undefined);
  const urns = new Map(objects.map(({ urn }) => [logicalName(urn), urn]));
  return new Map(
    declaredView(stack).objects.flatMap(({ name, sources }) => {
      const urn = urns.get(name);
      if (urn === undefined) return [];
      const own = Object.entries(sources).map(([property, names]) => [property, names.flatMap((one) => urns.get(one) ?? [])] as const);
      return [[urn, Object.fromEntries(own)] as const];
    }),
  );
}

/** The same of what a plan makes, from the file that the engine saved it in. Undefined when it saved none, as it does not of a failed one. */
export function sourcesInPlan(file: string): Sources | undefined {
  if (!existsSync(file)) return undefined;
  const { resourcePlans = {} } = JSON.parse(readFileSync(file, "utf8")) as SavedEnginePlan;
  return new Map(Object.entries(resourcePlans).map(([urn, { goal }]) => [urn, withoutNulls(goal?.propertyDependencies ?? {})]));
}

/** Name of a file for a plan, in a folder of its owner's alone that is removed with it afterwards: a plan holds all inputs. */
export async function withTemporaryPlan<T>(task: (file: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-plan-"));
  try {
    return await task(join(folder, "plan.json"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The engine's plan file, as far as we read it. A deletion has no goal. */
interface SavedEnginePlan {
  readonly resourcePlans?: Readonly<Record<string, { readonly goal?: Pick<StateResource, "propertyDependencies"> | null }>>;
}

function withoutNulls(sources: NonNullable<StateResource["propertyDependencies"]>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(sources).map(([name, urns]) => [name, urns ?? []]));
}
