import { writeObject } from "../objects/write-object.js";
import { capReached } from "../refusal.js";
import type { StoredObject } from "../store/objects.js";
import type { Call, Gateway } from "./call.js";
import { type Period, startOfPeriod } from "./periods.js";
import { raiseAlert } from "./raise-alert.js";

/** Throws when a budget that blocks is used up: until spend is below the release share of it, or the next period. */
export function refuseOverBudget(gateway: Gateway, call: Call): void {
  for (const budget of budgetsOf(gateway, call).filter(({ body }) => body.onBreach === "block")) {
    if (!isClosed(gateway, budget)) continue;
    tell(gateway, budget);
    const { name, amountUsd, period } = budget.body;
    throw capReached(
      `the budget "${name}" of ${amountUsd} USD a ${period} is used up: raise it, or wait for the next ${period}`,
      "budget_exceeded",
    );
  }
}

/** Records what a booked request did to the budgets it counts for: thresholds reached, budgets used up, keys revoked. */
export function settleBudgets(gateway: Gateway, call: Call): void {
  for (const budget of budgetsOf(gateway, call)) {
    isClosed(gateway, budget);
    const isNews = tell(gateway, budget);
    if (isNews && budget.body.onBreach === "revoke") revokeKeys(gateway, budget);
  }
}

/** The organization's budgets and those of the call's project (F-46), as far as the key is of their team. */
function budgetsOf({ store }: Gateway, { key, project }: Call): StoredObject[] {
  const ofProject = ({ body }: StoredObject) => body.project === undefined || body.project === project.id;
  return store.objects.ofKind("Budget").filter((budget) => ofProject(budget) && isOfTeam(budget, key));
}

/** Keys of a team carry its name among their labels. */
function isOfTeam({ body }: StoredObject, key: StoredObject): boolean {
  return body.team === undefined || (Array.isArray(key.body.labels) && key.body.labels.includes(body.team));
}

function isClosed({ store, profile, now }: Gateway, budget: StoredObject): boolean {
  const { spentUsd, amountUsd, since } = standOf({ store, now }, budget);
  // The period is in the name, so that a new one begins open.
  const name = `budget:${budget.id}:${since.toISOString()}`;
  const releaseBelow = store.usage.isCapReached(name) ? amountUsd * profile.capReleaseShare : amountUsd;
  store.usage.markCap(name, spentUsd >= releaseBelow);
  return spentUsd >= releaseBelow;
}

function standOf({ store, now }: Pick<Gateway, "store" | "now">, budget: StoredObject) {
  const { project, team, period, amountUsd } = budget.body;
  const since = startOfPeriod(period as Period, now);
  const scope = typeof project === "string" ? { project } : {};
  const keys = team === undefined ? [{}] : teamKeys(store, budget).map(({ id }) => ({ key: id }));
  const spentUsd = keys.reduce<number>((sum, key) => sum + store.usage.spentUsd({ ...scope, ...key }, since), 0);
  return { spentUsd, amountUsd: Number(amountUsd), since };
}

function teamKeys(store: Gateway["store"], budget: StoredObject): StoredObject[] {
  return store.objects.ofKind("ApiKey").filter((key) => isOfTeam(budget, key));
}

/** Records the thresholds and the amount that are reached, once each. True when the amount is reached for the first time. */
function tell(gateway: Gateway, budget: StoredObject): boolean {
  const { spentUsd, amountUsd, since } = standOf(gateway, budget);
  const project = budget.body.project as string | undefined;
  const record = (event: string, threshold: number): boolean =>
    gateway.store.alertEvents.append({
      at: gateway.now.toISOString(),
      event,
      kind: budget.kind,
      object: budget.id,
      name: String(budget.body.name),
      project,
      value: spentUsd,
      threshold,
      occasion: since.toISOString(),
    });
  for (const share of (budget.body.thresholds ?? []) as number[]) {
    if (share < 1 && spentUsd >= share * amountUsd) record("budget_threshold", share * amountUsd);
  }
  if (spentUsd < amountUsd || !record("budget_exceeded", amountUsd)) return false;
  raiseAlert(gateway, { event: "budget_exceeded", project, value: spentUsd, occasion: `${budget.id} ${since.toISOString()} ${amountUsd}` });
  return true;
}

/** Ends the keys that are locked to the budget's project, and no other (F-47); all keys, or its team's, where it is the organization's. */
function revokeKeys({ store, profile, now }: Gateway, budget: StoredObject): void {
  const actor = { memberId: "", user: "system", role: "" };
  for (const key of teamKeys(store, budget)) {
    const isConcerned = budget.body.project === undefined || key.body.project === budget.body.project;
    if (!isConcerned || key.body.status === "revoked") continue;
    writeObject({ store, profile, now, actor }, "revoke", key, { ...key.body, status: "revoked" });
  }
}
