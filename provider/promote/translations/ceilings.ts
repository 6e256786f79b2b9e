import { type Ceiling, hasPlaceFor, MEASURES, type Measure } from "../ceilings.js";
import type { Draft, DraftEntry } from "../draft.js";
import { type Holder, holdersOf } from "../holders.js";
import { sharedOut } from "../shares.js";
import type { Way } from "../way.js";
import type { Translation } from "./translation.js";

/**
 * Ceilings that have no place in the target: over an environment or the organization here, on keys or projects there. They are shared out
 * to what the target can cap, so that the parts together are never above the whole. Those on keys become one of their project.
 */
export const ceilings: Translation = (draft, way) => {
  for (const measure of MEASURES) shareOut(draft, way, measure);
};

interface SharedOut extends Ceiling {
  /** What the target caps instead. */
  readonly holders: readonly Holder[];
}

function shareOut(draft: Draft, way: Way, measure: Measure): void {
  const all = measure.ceilingsOf(way);
  const homeless = all.filter((one) => !hasPlaceFor(one, way.target) && way.systemOf(one.entry.name) !== way.target);
  for (const one of homeless.filter(({ keys }) => keys.length === 0)) {
    for (const place of placesOf(draft, one)) loseUnused(draft, place, one);
  }
  const holders = holdersOf(draft, way, measure);
  const divided = all.filter((one) => !homeless.includes(one) && placesOf(draft, one).length > 1);
  const over = [...homeless.filter(({ entry }) => entry.kindName !== "ApiKey"), ...divided].flatMap((one) => withHolders(one, holders));
  const summed = holders.flatMap((holder) => sumOfKeys(holder, homeless));
  const amounts = sharedOut(
    holders.map(({ name, cap }) => ({ name, amount: cap })),
    [...over, ...summed].map((one) => ({ amount: one.amount, over: one.holders.map(({ name }) => name) })),
    measure.round,
  );
  // Too little to share out: each part would be nothing.
  if (holders.some(({ name, cap }) => cap > 0 && (amounts.get(name) ?? cap) <= 0)) return;
  for (const one of over)
    tell(
      draft,
      one,
      amounts,
      measure,
      divided.some(({ entry }) => entry === one.entry),
    );
  for (const one of summed) tellSum(draft, one, amounts, measure);
  for (const holder of holders) if ((amounts.get(holder.name) ?? holder.cap) < holder.cap) holder.lower(amounts.get(holder.name) ?? 0);
  for (const one of over.filter((shared) => homeless.some(({ entry }) => entry === shared.entry))) settle(draft, one);
}

/** A ceiling with what it is shared out to; nothing where that would cap other keys too. */
function withHolders(ceiling: Ceiling, all: readonly Holder[]): readonly SharedOut[] {
  const holders = all.filter(({ keys }) => keys.some((key) => ceiling.keys.includes(key)));
  const isWhole = holders.every(({ keys }) => keys.every((key) => ceiling.keys.includes(key)));
  return isWhole && holders.length > 0 ? [{ ...ceiling, holders }] : [];
}

/** The caps of a holder's keys, together, where each of them has one and the target has none on keys. */
function sumOfKeys(holder: Holder, homeless: readonly Ceiling[]): readonly (SharedOut & { readonly parts: readonly Ceiling[] })[] {
  const parts = homeless.filter(({ entry }) => entry.kindName === "ApiKey" && holder.keys.includes(entry.name));
  const [first] = parts;
  if (first === undefined || parts.length < holder.keys.length) return [];
  return [{ ...first, amount: parts.reduce((sum, { amount }) => sum + amount, 0), keys: holder.keys, holders: [holder], parts }];
}

function tell(draft: Draft, one: SharedOut, amounts: ReadonlyMap<string, number>, { unit }: Measure, staysThere: boolean): void {
  const { entry, field, amount, holders } = one;
  const [place] = placesOf(draft, one);
  if (place === undefined) return;
  const to = Object.fromEntries(holders.map(({ name }) => [name, amounts.get(name)]));
  const isKept = holders.every(({ name, cap }) => amounts.get(name) === cap);
  const shares = isKept
    ? `what caps these already is no more together (${unit})`
    : `shared out: together they are no more (${unit}); divide it otherwise if that is better`;
  const revokes = !staysThere && entry.given.onBreach === "revoke";
  const why = revokes ? `${shares}; at the cap a key is refused, and revoked no more` : shares;
  // A budget that goes says nothing else that the caps do not.
  const part = staysThere || entry.kindName !== "Budget" ? { field } : {};
  draft.tell(place, { ...part, result: "translated", from: amount, to, why, ...(revokes ? { weight: "looser" as const } : {}) });
}

function tellSum(
  draft: Draft,
  { holders, parts }: SharedOut & { readonly parts: readonly Ceiling[] },
  amounts: ReadonlyMap<string, number>,
  { unit }: Measure,
): void {
  for (const { entry, field, amount } of parts) {
    const to = Object.fromEntries(holders.map(({ name }) => [name, amounts.get(name)]));
    const isAlone = parts.length === 1;
    const why = isAlone
      ? `its project is capped instead, and this is its one key (${unit})`
      : `its project is capped instead (${unit}): one key may use what another leaves`;
    for (const place of placesOf(draft, { entry })) {
      draft.tell(place, { field, result: "translated", from: amount, to, why, ...(isAlone ? {} : { weight: "looser" as const }) });
      draft.unset(place, field);
      if (entry.given.onBreach === undefined || field !== "monthlyUsd") continue;
      draft.tell(place, {
        field: "onBreach",
        result: "translated",
        from: entry.given.onBreach,
        to,
        why: "the budget of its project says so",
      });
      draft.unset(place, "onBreach");
    }
  }
}

/** A ceiling that no key of the stack is under limits nothing, here or there. */
function loseUnused(draft: Draft, place: DraftEntry, { field, amount }: Ceiling): void {
  const why = "no key of this stack is under it";
  if (saysMore(place, field)) draft.lose(place, field, { from: amount, why });
  else draft.loseWhole(place, { from: { [field]: amount }, why });
}

function saysMore({ given, keyField, kindName }: DraftEntry, field: string): boolean {
  return kindName !== "Budget" && Object.keys(given).some((name) => ![field, keyField].includes(name));
}

/** Takes the ceiling from where it stood; an entry that says nothing else goes with it. */
function settle(draft: Draft, ceiling: Ceiling): void {
  for (const place of placesOf(draft, ceiling)) {
    if (saysMore(place, ceiling.field)) draft.unset(place, ceiling.field);
    else draft.remove(place);
  }
}

function placesOf(draft: Draft, { entry }: Pick<Ceiling, "entry">) {
  return draft.entries(entry.kindName).filter(({ name }) => draft.originOf(name) === entry.name);
}
