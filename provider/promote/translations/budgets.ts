import { supportIn } from "../offers.js";
import { stopsSpending } from "../stops-spending.js";
import type { Translation } from "./translation.js";

const MONTHS = 12;

/** What a budget does at its ceiling, and the time it is for. One that only warns is no ceiling, and none is made of it. */
export const budgets: Translation = (draft, way) => {
  const values = supportIn(way.target, "Budget")?.values;
  for (const budget of draft.entries("Budget")) {
    const source = way.systemOf(draft.originOf(budget.name) ?? "");
    if (values === undefined || source === way.target) continue;
    const { onBreach, period, amountUsd } = budget.given;
    const stops = stopsSpending(source, onBreach);
    if (!stops && values.onBreach?.includes("warn") === false) {
      const why = `${way.target.title} refuses requests at a budget and has none that only warns: as a ceiling it would stop what is served today`;
      draft.loseWhole(budget, { from: { amountUsd, period, onBreach }, why });
      continue;
    }
    if (onBreach !== undefined && values.onBreach?.includes(onBreach) === false) {
      draft.set(budget, "onBreach", "block");
      const why = "spending stops at the same amount; the keys are refused and stay, and go on with the next period";
      draft.tell(budget, { field: "onBreach", result: "translated", from: onBreach, to: "block", why, weight: "looser" });
    }
    if (period === "year" && values.period?.includes(period) === false && typeof amountUsd === "number") {
      const monthly = Math.floor((amountUsd / MONTHS) * 100) / 100;
      draft.set(budget, "period", "month");
      draft.set(budget, "amountUsd", monthly);
      const [from, to] = [`${amountUsd} a year`, `${monthly} a month`];
      draft.tell(budget, {
        field: "period",
        result: "translated",
        from,
        to,
        why: "a twelfth each month is no more in the year",
        weight: "tighter",
      });
    }
  }
  explicit(draft, way);
};

/** Where nothing is written, one system stops spending and another does not: so it is written. */
const explicit: Translation = (draft, way) => {
  for (const budget of draft.entries("Budget").filter(({ given }) => given.onBreach === undefined)) {
    const source = way.systemOf(draft.originOf(budget.name) ?? "");
    const stops = stopsSpending(source, undefined);
    if (stops === stopsSpending(way.target, undefined)) continue;
    const to = stops ? "block" : "warn";
    draft.set(budget, "onBreach", to);
    draft.tell(budget, { field: "onBreach", result: "translated", to, why: `what ${source.title} does where nothing is written` });
  }
};
