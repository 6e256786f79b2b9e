import { shownLine } from "../../report/render/shown-line.js";
import { violationsText } from "../../report/violations-text.js";
import { endsText } from "../ends-ahead.js";
import { gatesText } from "../gated.js";
import { failuresText, unmanagedText } from "../render.js";
import type { PassDocument, ToldChange } from "./pass-document.js";

/** A pass as a person reads it: what is wrong, what was done, what is left and what to do about it. */
export function passText(name: string, pass: PassDocument): string {
  return [
    ...failuresText(pass.failures),
    ...gatesText(pass.gates),
    ...violationsText(pass.violations),
    ...pass.repaired.map((change) => shownLine(`~ repaired ${object(change)} [${change.class}]`)),
    ...pass.changed.map((change) => shownLine(`+ ${change.operation} ${object(change)}: ${whyChanged(change)}`)),
    ...pass.left.flatMap(({ why, next, ...change }) => withNext(`! ${object(change)} ${why} [${change.class}]`, next)),
    ...pass.findings.flatMap(({ kind, name: key, value, next }) => withNext(`! ${kind} ${key} is ${value} at the control plane`, next)),
    ...pass.unmanaged.flatMap(({ next, ...object }) => [...unmanagedText(object), shownLine(next, "    ")]),
    ...endsText(pass.ends),
    ...pass.steps.map(({ id, object: what }) => shownLine(`! ${what} waits for a person: step ${id}`)),
    ...pass.later.map((what) => shownLine(`! ${what} waits for a step of a person`)),
    `${name}: ${summary(pass)}.`,
  ].join("\n");
}

function whyChanged({ endedOn }: ToldChange): string {
  return endedOn === undefined ? "the declaration changed" : `it ended on ${endedOn}, as declared`;
}

/** What is left, and what to do about it. */
function withNext(what: string, next: string): readonly string[] {
  return [shownLine(what), shownLine(next, "    ")];
}

function summary({ inSync, repaired, changed, left, findings, unmanaged, steps, later }: PassDocument): string {
  if (inSync) return "in sync";
  const counts: readonly (readonly [number, string])[] = [
    [repaired.length, "repaired"],
    [changed.length, "changed"],
    [left.length, "left"],
    [findings.length, "out of order"],
    [unmanaged.length, "not declared"],
    [steps.length + later.length, "waiting for a person"],
  ];
  const told = counts.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
  return told.join(", ") || "nothing was changed";
}

function object({ kind, name, properties }: ToldChange): string {
  const drifted = properties.map(({ property }) => property).join(", ");
  return `${kind} ${name}${drifted === "" ? "" : ` (${drifted})`}`;
}
