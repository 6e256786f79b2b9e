import { daysUntil } from "../../schema/day-after.js";
import { overOn } from "../../schema/ends.js";
import type { EndedDeclaration, RuleByName, Stack } from "../stackfile/index.js";
import { type End, soonestFirst } from "./end.js";

/** What a stack file alone knows to end: rules that ignore undeclared objects, and entries that have ended, soonest first. */
export function endsInStack({ ignore, ended }: Pick<Stack, "ignore" | "ended">, today: string): readonly End[] {
  return soonestFirst([
    ...ignore.filter((rule) => !ended.ignore.includes(rule)).flatMap((rule) => endOfRule(rule, false, today)),
    ...ended.ignore.flatMap((rule) => endOfRule(rule, true, today)),
    ...ended.declarations.map((declaration) => endOfEntry(declaration, today)),
  ]);
}

function endOfRule({ kind, match, until, controlPlane, position }: RuleByName, isSpent: boolean, today: string): readonly End[] {
  if (until === undefined) return [];
  const on = overOn(until, "after");
  return [
    {
      kind,
      name: match,
      controlPlane,
      property: "$ignore.until",
      what: `rule that ignores the ${kind} ${match}`,
      day: until,
      rule: "after",
      on,
      daysLeft: daysUntil(on, today),
      stake: "word",
      endedBy: "itself",
      namedBy: [],
      isSpent,
      position,
    },
  ];
}

function endOfEntry({ kind, name, path, controlPlane, endedOn, position }: EndedDeclaration, today: string): End {
  return {
    kind,
    name,
    controlPlane,
    property: "",
    what: path,
    day: endedOn,
    rule: "on",
    on: endedOn,
    daysLeft: daysUntil(endedOn, today),
    stake: "word",
    endedBy: "run",
    namedBy: [],
    isSpent: true,
    position,
  };
}
