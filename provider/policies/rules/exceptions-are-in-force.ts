import { integer } from "../../../schema/field.js";
import { defineRule, setting, type Violation } from "../rule.js";
import { known, type SeenObject } from "../seen.js";

const DAY_MS = 86_400_000;

export const exceptionsAreInForce = defineRule({
  name: "exceptions-are-in-force",
  title: "Every exception has a near end that has not come",
  why: "An exception that nobody ends becomes the rule.",
  enforces: [],
  level: "mandatory",
  alone: "Governance",
  settings: {
    /** Longest time that an exception may be given, in days. */
    maxDays: setting(integer({ minimum: 1 }), 365, 90),
  },
  check: (view, { settings: { maxDays }, today }) => {
    const latest = new Date(Date.parse(today) + maxDays * DAY_MS).toISOString().slice(0, 10);
    return view.of("Governance").flatMap((governance) =>
      (known(governance.inputs.exceptions) ?? []).flatMap(({ rule, object, until }, index): Violation[] => {
        const found = (what: string, advice: string): Violation[] => [
          violation(governance, index, `excepts ${object} from ${rule} ${what}`, advice),
        ];
        if (typeof until !== "string") return [];
        if (until < today)
          return found(`until ${until}, which is over`, "Put the object right and remove the exception, or give it a new end.");
        if (until > latest) return found(`until ${until}, more than ${maxDays} days from now`, `Give it an end no later than ${latest}.`);
        return [];
      }),
    );
  },
  example: {
    bad: `governance: { exceptions: [{ rule: keys-expire, object: projects/a/keys/b, reason: the vendor has no renewal, until: 2020-01-31 }] }`,
    good: `governance: { exceptions: [] }`,
  },
});

function violation(object: SeenObject<"Governance">, index: number, what: string, advice: string): Violation {
  return { object, property: `exceptions.${index}`, what, advice };
}
