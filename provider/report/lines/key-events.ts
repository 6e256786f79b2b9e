import { UNKNOWN } from "../../../schema/unknown.js";
import type { ObjectStep } from "../../gates/index.js";
import type { Direction } from "../access/access-change.js";
import type { SeverityRuleName } from "../severity.js";

/** A key around a change. */
export interface KeyStep {
  readonly step: ObjectStep;
  readonly name: string;
  /** The key before the change: it itself, or one of its name that ends in the same change. */
  readonly former: ObjectStep["before"];
  /** Of the production class before or after. */
  readonly inProduction: { readonly before: boolean; readonly after: boolean };
  /** True when effective access afterwards has it locked to a project, though only the apply knows the project's id. */
  readonly staysLocked: boolean;
  readonly lastUsedAt: string | undefined;
}

/** Something that happens to a key. */
export interface KeyEvent {
  readonly rule: SeverityRuleName;
  /** What becomes of it, after its name. */
  readonly text: string;
  readonly properties: "all" | readonly string[];
  /** Which of its changes of access come with it. */
  readonly reach: readonly Direction[];
}

const BEGINS: readonly Direction[] = ["gained", "widened"];
const ENDS: readonly Direction[] = ["lost", "narrowed"];

/** Everything that happens to a key, besides its limits and its environment class. */
export function keyEvents(key: KeyStep): readonly KeyEvent[] {
  return [...unlocked(key), ...shared(key), ...comesOrGoes(key), ...renewed(key)];
}

/** Properties by which a key is bound to a project. */
const LOCK: readonly string[] = ["project", "defaultProject"];

/** True for a key that is no longer locked, or may not be. */
export function isUnlocked({ step: { after }, former, staysLocked }: KeyStep): boolean {
  if (former?.inputs.project === undefined || after === undefined) return false;
  return after.project === undefined || (after.project === UNKNOWN && !staysLocked);
}

function unlocked(key: KeyStep): readonly KeyEvent[] {
  if (!isUnlocked(key)) return [];
  const { after } = key.step;
  const instead = after?.defaultProject === undefined ? "" : ", and gets a default project instead";
  const text =
    after?.project === UNKNOWN ? "may lose the lock to its project: only the apply knows" : `is no longer locked to its project${instead}`;
  return [{ rule: inProduction(key) ? "production-key-unlocked" : "key-changed", text, properties: LOCK, reach: BEGINS }];
}

/** A list of names where one service is meant. */
const SEVERAL = /[,;|*]|\s(?:and|or|&|\+)\s/i;

function shared({ step: { after }, former, inProduction: { after: isProduction } }: KeyStep): readonly KeyEvent[] {
  if (former === undefined || after === undefined || !isProduction) return [];
  const [was, is] = [former.inputs, after];
  const event = (text: string, property: string): KeyEvent => ({
    rule: "production-key-shared",
    text,
    properties: [property],
    reach: [],
  });
  const isSeveral = (consumer: unknown) => typeof consumer === "string" && SEVERAL.test(consumer);
  return [
    ...(was.consumer !== undefined && is.consumer === undefined ? [event("no longer belongs to one consumer", "consumer")] : []),
    ...(!isSeveral(was.consumer) && isSeveral(is.consumer) ? [event("is shared by several consumers", "consumer")] : []),
    ...(was.ownerType === "service" && is.ownerType === "person" ? [event("goes from a service to a person", "ownerType")] : []),
  ];
}

function comesOrGoes(key: KeyStep): readonly KeyEvent[] {
  const { step } = key;
  const event = (text: string, ...reach: readonly Direction[]): readonly KeyEvent[] => [
    { rule: changed(key), text, properties: "all", reach },
  ];
  switch (step.operation) {
    case "create":
      return event("is created", ...BEGINS);
    case "delete":
      return event(`is revoked${lastUse(key)}`, ...ENDS);
    case "replace":
      return event(`is replaced: another one takes its place, and its secret stops working${lastUse(key)}`, ...BEGINS, ...ENDS);
    default:
      return [];
  }
}

function renewed(key: KeyStep): readonly KeyEvent[] {
  const { rotation, properties } = key.step;
  if (rotation === undefined) return [];
  const renewing = properties.map(({ property }) => property).filter((property) => BRINGS_ABOUT.includes(property));
  const isRenewed = rotation.step === "renew";
  return [
    {
      rule: isRenewed ? changed(key) : inProduction(key) ? "production-key-rotated" : "key-rotated",
      text: isRenewed ? `gets a new secret, and the former one stops working${lastUse(key)}` : `is rotated: ${rotation.why}`,
      properties: properties.length === 0 ? "all" : renewing,
      reach: BEGINS,
    },
  ];
}

/** Properties that say when and how a key is rotated. */
const BRINGS_ABOUT: readonly string[] = ["rotate", "rotateEvery", "overlap"];

function changed(key: KeyStep): SeverityRuleName {
  return inProduction(key) ? "production-key-changed" : "key-changed";
}

function inProduction({ inProduction: { before, after } }: KeyStep): boolean {
  return before || after;
}

function lastUse({ lastUsedAt }: KeyStep): string {
  return lastUsedAt === undefined ? "" : ` (last used ${lastUsedAt.slice(0, 10)})`;
}
