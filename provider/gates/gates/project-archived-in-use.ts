import { dayAfter } from "../../../schema/day-after.js";
import { UNKNOWN } from "../../../schema/unknown.js";
import { collectionDigest } from "../digest.js";
import { type Facts, isEnding, type ObjectStep } from "../facts.js";
import type { Finding, Gate } from "../gate.js";
import { type HeldObject, holdingsOf } from "../holdings.js";
import { hasEnded } from "../live-objects.js";
import { isArchiving, isRetiring } from "../retirement.js";
import { useOfProject } from "../use-of-project.js";

/** Days without use after which nothing is expected to come back: what runs once a week has had two turns. */
const IDLE_DAYS = 14;

const ROUTES = ["RoutingTier", "RoutingPolicy"];

/** What uses the project without a key of its own. */
interface Left {
  readonly object: HeldObject;
  readonly text: string;
}

/** Active keys of its own are another gate's. */
export const projectArchivedInUse: Gate = {
  name: "project-archived-in-use",
  title: `A project that was used in the last ${IDLE_DAYS} days, or that requests are still routed in, is archived`,
  why: "Something still depends on it, and fails as soon as the archive refuses it.",
  judge: (facts) => facts.changes.objects.filter(isRetiring).flatMap((step) => ofRetiring(step, facts)),
};

function ofRetiring(step: ObjectStep, facts: Facts): readonly Finding[] {
  const recent = recentUse(step, facts);
  const left = isArchiving(step) ? leftIn(step, facts) : [];
  const told = [...recent.map(({ text }) => text), ...left.map(({ text }) => text)];
  if (told.length === 0) return [];
  const affected = [...recent, ...left].map(({ object }) => object.id ?? "");
  return [
    {
      object: step.name,
      change: collectionDigest([step], affected),
      what: `the project ${step.after?.status === UNKNOWN ? "may be" : "is"} archived while it is in use: ${told.join(", ")}`,
      advice: `Move what uses it over, end its keys and its routing, and archive it when it has been idle for ${IDLE_DAYS} days.`,
    },
  ];
}

/** Keys that this very change ends count too: whatever called with them yesterday fails today. */
function recentUse(step: ObjectStep, facts: Facts): readonly Left[] {
  const { usedKeys, spentThisMonthUsd } = useOfProject(step, facts);
  const since = dayAfter(facts.today, -IDLE_DAYS);
  const recent = usedKeys
    .filter(({ lastUsedAt }) => lastUsedAt.slice(0, 10) >= since)
    .map(({ key, lastUsedAt }): Left => ({ object: key, text: `key ${nameOf(key)} was last used ${lastUsedAt.slice(0, 10)}` }));
  // Spend that a key's last use this month accounts for is as old as that; any other came by an unknown way, on an unknown day.
  const isExplained = usedKeys.some(({ lastUsedAt }) => lastUsedAt.slice(0, 7) === facts.today.slice(0, 7));
  const project = holdingsOf(facts, step.controlPlane).find(step.kind, step.before?.id);
  if (spentThisMonthUsd === 0 || isExplained || project === undefined) return recent;
  return [...recent, { object: project, text: `it spent ${spentThisMonthUsd} USD this month` }];
}

function leftIn(step: ObjectStep, facts: Facts): readonly Left[] {
  const holdings = holdingsOf(facts, step.controlPlane);
  const id = step.before?.id;
  const routes = holdings.within(step.kind, id).filter((object) => ROUTES.includes(object.kind) && stays(object));
  const visitors = holdings.of("ApiKey").filter((key) => stays(key) && valueAfter(key, "defaultProject") === id && isActive(key));
  return [
    ...routes.map((object): Left => ({ object, text: `${object.kind} ${nameOf(object)} stays` })),
    ...visitors.map((object): Left => ({ object, text: `key ${nameOf(object)} falls back to it` })),
  ];
}

function stays({ step }: HeldObject): boolean {
  return step === undefined || !isEnding(step);
}

function valueAfter({ values, step }: HeldObject, property: string): unknown {
  return step?.after === undefined ? values[property] : step.after[property];
}

function isActive({ kind, values }: HeldObject): boolean {
  return !hasEnded(kind, values) && values.status !== "disabled";
}

function nameOf({ id, values }: HeldObject): string {
  return String(values.name ?? values.tier ?? id);
}
