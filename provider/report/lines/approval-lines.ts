import { governance } from "../../../schema/kinds/governance.js";
import { hasUnknown } from "../../../schema/unknown.js";
import type { ObjectStep } from "../../gates/index.js";
import type { SeverityRuleName } from "../severity.js";
import type { Context } from "./context.js";
import { lineAbout } from "./line-about.js";
import type { Telling } from "./telling.js";

/** A word under `governance` by which something passes that would be stopped. */
interface Word {
  readonly [property: string]: string | undefined;
}

interface WordKind {
  readonly property: "approvals" | "exceptions";
  /** Properties that say what it is for. Another value of one of them is another word. */
  readonly identity: readonly string[];
  readonly added: SeverityRuleName;
  readonly text: (word: Word) => string;
}

const WORDS: readonly WordKind[] = [
  {
    property: "approvals",
    identity: ["gate", "object", "change", "by"],
    added: "approval-added",
    text: ({ gate, object, change, by }) => `approval of gate ${gate} for ${object} by ${by} (change ${change})`,
  },
  {
    property: "exceptions",
    identity: ["rule", "object"],
    added: "exception-added",
    text: ({ rule, object }) => `exception from guardrail ${rule} for ${object}`,
  },
];

/** Approvals and exceptions that a change brings, prolongs, shortens or takes away. */
export function approvalLines(context: Context): readonly Telling[] {
  const steps = context.changed.filter(({ kind }) => kind === governance.name);
  return steps.flatMap((step) => WORDS.flatMap((kind) => ofKind(step, kind, context)));
}

function ofKind(step: ObjectStep, kind: WordKind, context: Context): readonly Telling[] {
  const [was, is] = [step.before?.inputs[kind.property], step.operation === "release" ? undefined : step.after?.[kind.property]];
  const tell = (rule: SeverityRuleName, text: string, reason?: string): Telling => ({
    line: {
      ...lineAbout(
        step,
        { section: "approvals", rule, text, properties: [kind.property], details: reason === undefined ? [] : [`because: ${reason}`] },
        context,
      ),
      values: [],
    },
    tells: [{ urn: step.urn, properties: [kind.property] }],
  });
  if (hasUnknown(is)) return [tell(kind.added, `only the apply knows which ${kind.property} there will be`)];
  const before = byIdentity(was, kind);
  const after = byIdentity(is, kind);
  const ended = [...before].filter(([id]) => !after.has(id));
  return [
    ...[...after].flatMap(([id, word]) => {
      const said = changeSaid(before.get(id), word, kind);
      return said === undefined ? [] : [tell(said.rule, `${kind.text(word)} ${said.text}`, word.reason)];
    }),
    ...ended.map(([, word]) => tell("approval-removed", `${kind.text(word)} is removed`)),
  ];
}

function changeSaid(
  former: Word | undefined,
  word: Word,
  { added }: WordKind,
): { readonly rule: SeverityRuleName; readonly text: string } | undefined {
  const [was = "", is = ""] = [former?.until, word.until];
  if (former === undefined) return { rule: added, text: `is added, until ${is}` };
  if (is > was) return { rule: added, text: `is extended from ${was} to ${is}` };
  if (is < was) return { rule: "approval-removed", text: `ends earlier: on ${is}, not on ${was}` };
  return former.reason === word.reason ? undefined : { rule: "approval-removed", text: "has another reason" };
}

/** By what they are for. Of several for the same the one that lasts longest counts. */
function byIdentity(words: unknown, { identity }: WordKind): ReadonlyMap<string, Word> {
  const known = (Array.isArray(words) ? (words as readonly Word[]) : []).filter((word) => !hasUnknown(word));
  const longestLast = known.toSorted((a, b) => ((a.until ?? "") < (b.until ?? "") ? -1 : 1));
  return new Map(longestLast.map((word) => [identity.map((name) => word[name]).join("\n"), word]));
}
