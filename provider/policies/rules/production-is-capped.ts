import { KINDS } from "../../../schema/kinds/index.js";
import { adapterOf } from "../../adapters/index.js";
import { offersField } from "../../adapters/support.js";
import { capsOver } from "../caps-over.js";
import { defineRule, type Violation } from "../rule.js";
import type { SeenObject } from "../seen.js";

type Key = SeenObject<"ApiKey">;

/** Where a cap may stand: kind, field, and how a person writes it. */
type Place = readonly [kind: keyof typeof KINDS, field: string, words: string];

/** How many places an advice names, the nearest ones to the key. */
const SHOWN = 3;

const COST_PLACES: readonly Place[] = [
  ["ApiKey", "hourlyUsd", "hourlyUsd on the key"],
  ["ApiKey", "monthlyUsd", "monthlyUsd on the key"],
  ["Budget", "amountUsd", "a budget of its project with onBreach: block"],
  ["EnvironmentLimit", "monthlyUsd", "environmentLimits: { production: { monthlyUsd: … } }"],
  ["ApiKey", "limits", "limits of the metric cost on the key, for each model of its project"],
];

const RATE_PLACES: readonly Place[] = [
  ["ApiKey", "rates.requestsPerMinute", "rates: { requestsPerMinute: … } on the key"],
  ["EnvironmentLimit", "requestsPerMinute", "environmentLimits: { production: { requestsPerMinute: … } }"],
  ["Organization", "requestsPerMinute", "organization: { requestsPerMinute: … }"],
  ["ApiKey", "limits", "limits of the metric calls on the key"],
];

export const productionIsCapped = defineRule({
  name: "production-is-capped",
  title: "Production has a cost cap and a rate limit",
  why: "A loop or a leaked key spends without end until somebody looks at the bill.",
  enforces: ["F-53", "O-29", "O-39"],
  level: "mandatory",
  settings: {},
  check: (view) => {
    const over = capsOver(view);
    return view.productionKeys().flatMap((key) => {
      const capped = over(key);
      return [
        ...(capped.cost ? [] : missing(key, "may spend without a cap that stops it", COST_PLACES)),
        ...(capped.rate ? [] : missing(key, "may call without a rate limit", RATE_PLACES).map(asAdvice)),
      ];
    });
  },
  example: {
    bad: "projects: { checkout: { name: Checkout, keys: { checkout-prod: { environment: production } } } }",
    good: `projects:
  checkout:
    name: Checkout
    launch: { owner: lin@acme.example }
    keys:
      checkout-prod:
        environment: production
        hourlyUsd: 25
        rates: { requestsPerMinute: 300 }
        ownerType: service
        owner: lin@acme.example
        consumer: checkout-api
        expiresAt: 2027-02-01`,
  },
});

/** Nothing where the system has no place for such a cap. */
function missing(key: Key, what: string, places: readonly Place[]): readonly Violation[] {
  const adapter = adapterOf(key.system);
  const offered = places.filter(([kind, field]) => offersField(adapter, KINDS[kind], field)).map(([, , words]) => words);
  return offered.length === 0 ? [] : [{ object: key, what, advice: `Write ${offered.slice(0, SHOWN).join(", or ")}.` }];
}

function asAdvice(violation: Violation): Violation {
  return { ...violation, onlyAdvice: "unlessAsked" };
}
