import { dayAfter } from "../../../schema/day-after.js";
import { integer } from "../../../schema/field.js";
import { LONGEST_APPROVAL_DAYS } from "../../../schema/kinds/governance.js";
import { items, member } from "../member.js";
import { defineRule, setting, type Violation } from "../rule.js";
import type { SeenObject } from "../seen.js";

export const exceptionsAreInForce = defineRule({
  name: "exceptions-are-in-force",
  title: "Every exception and every approval has a near end that has not come",
  why: "An exception that nobody ends becomes the rule.",
  enforces: [],
  level: "mandatory",
  alone: "Governance",
  withoutExceptions: true,
  settings: {
    /** Longest time that an exception may be given, in days. */
    maxDays: setting(integer({ minimum: 1, maximum: 36_500 }), 365, 90),
    /** The same for an approval. One with a later end than in 90 days opens no gate. */
    maxApprovalDays: setting(integer({ minimum: 1, maximum: LONGEST_APPROVAL_DAYS }), LONGEST_APPROVAL_DAYS),
  },
  check: (view, { settings: { maxDays, maxApprovalDays }, today }) =>
    view
      .of("Governance")
      .flatMap((governance) => [
        ...outOfTime(governance, "exceptions", maxDays, today).map((late) => exception(governance, late)),
        ...outOfTime(governance, "approvals", maxApprovalDays, today).map((late) => approval(governance, late)),
      ]),
  example: {
    bad: `governance: { exceptions: [{ rule: keys-expire, object: projects/a/keys/b, reason: the vendor has no renewal, until: 2020-01-31 }] }`,
    good: `governance: { exceptions: [] }`,
  },
});

/** An entry of Governance whose last day is over, or too far away. */
interface Late {
  readonly entry: unknown;
  readonly property: string;
  /** What is wrong with its end, after the entry's name. */
  readonly end: string;
  /** The last day that it may be given; absent when its own is over. */
  readonly latest?: string;
}

function outOfTime(
  governance: SeenObject<"Governance">,
  list: "exceptions" | "approvals",
  maxDays: number,
  today: string,
): readonly Late[] {
  const latest = dayAfter(today, maxDays);
  return items(governance.inputs[list]).flatMap((entry, index): readonly Late[] => {
    const until = member(entry, "until");
    const property = `${list}.${index}`;
    if (typeof until !== "string" || (until >= today && until <= latest)) return [];
    if (until < today) return [{ entry, property, end: `until ${until}, which is over` }];
    return [{ entry, property, end: `until ${until}, more than ${maxDays} days from now`, latest }];
  });
}

function exception(object: SeenObject<"Governance">, { entry, property, end, latest }: Late): Violation {
  const advice =
    latest === undefined
      ? "Put the object right and remove the exception, or give it a new end."
      : `Give it an end no later than ${latest}.`;
  return { object, property, what: `excepts ${text(entry, "object")} from ${text(entry, "rule")} ${end}`, advice };
}

/** Only advice: an approval out of its time opens no gate, so that nothing comes of it but habit. */
function approval(object: SeenObject<"Governance">, { entry, property, end, latest }: Late): Violation {
  const advice = latest === undefined ? "Remove the approval." : `Give it an end no later than ${latest}: until then it opens no gate.`;
  return {
    object,
    property,
    what: `opens the gate ${text(entry, "gate")} for ${text(entry, "object")} ${end}`,
    advice,
    onlyAdvice: latest === undefined ? "always" : "unlessAsked",
  };
}

/** A member of an entry in words. Only a program can leave it unknown. */
function text(entry: unknown, name: string): string {
  const value = member(entry, name);
  return typeof value === "string" ? value : `a ${name} that only an apply will know`;
}
