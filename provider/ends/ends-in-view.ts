import { daysUntil } from "../../schema/day-after.js";
import { type DatedEnd, endsIn } from "../../schema/ends.js";
import { KINDS } from "../../schema/kinds/index.js";
import type { SeenObject } from "../policies/seen.js";
import type { StackView } from "../policies/stack-view.js";
import { type End, type Stake, soonestFirst } from "./end.js";
import { stakesIn } from "./stakes.js";
import { wordsFor } from "./words.js";

/** Everything in a view that ends some day, soonest first. */
export function endsInView(view: StackView, today: string): readonly End[] {
  const stakeOf = stakesIn(view);
  const ends = view.objects
    .filter(isInUse)
    .flatMap((object) =>
      endsIn(KINDS[object.kind].fields, object.inputs).map((dated) => endOfObject(view, object, dated, { today, stakeOf })),
    );
  return soonestFirst(ends);
}

/** False for what gives no access any more, whatever day was declared: a key that somebody revoked. */
function isInUse({ kind, outputs }: SeenObject): boolean {
  const { custody } = KINDS[kind];
  return custody?.ended.includes(String(outputs[custody.statusField])) !== true;
}

interface Circumstances {
  readonly today: string;
  readonly stakeOf: (object: SeenObject) => Stake;
}

function endOfObject(view: StackView, object: SeenObject, dated: DatedEnd, { today, stakeOf }: Circumstances): End {
  const { kind, name, controlPlane } = object;
  const { property, ofObject, day, rule, on } = dated;
  return {
    kind,
    name,
    controlPlane,
    property,
    what: wordsFor(view, object, dated),
    day,
    rule,
    on,
    daysLeft: daysUntil(on, today),
    stake: ofObject ? stakeOf(object) : "word",
    endedBy: !ofObject ? "itself" : view.keeps(object, property) ? "controlPlane" : "run",
    namedBy: ofObject ? view.namedBy(object).map((other) => other.name) : [],
    isSpent: false,
  };
}
