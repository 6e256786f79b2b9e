import { adapterOf } from "../adapters/index.js";
import { planesOf } from "../stackfile/control-planes.js";
import { declaredIn, type Entry } from "../stackfile/entries.js";
import { MAIN_FILE, type Sources } from "../stackfile/files.js";
import { loadSources, type Problem, type Stack, StackProblems } from "../stackfile/index.js";
import { Draft } from "./draft.js";
import { lookAt } from "./look-at.js";
import type { Outcome } from "./outcome.js";
import type { PromotionTarget } from "./target.js";
import { LAST_TRANSLATIONS, TRANSLATIONS } from "./translations/index.js";
import type { KnownObject, Way } from "./way.js";
import { takeOutWhatIsLeft } from "./what-is-left.js";

export interface PromoteOptions {
  /** Files of the source, and what they declare: without a problem. */
  readonly sources: Sources;
  readonly stack: Stack;
  readonly target: PromotionTarget;
  /** Name of the new stack. */
  readonly name: string;
  /** Objects of the source that have an id there. */
  readonly known?: readonly KnownObject[];
  /** Today as `2026-11-21`, UTC. */
  readonly today: string;
  /** What is wrong with a stack beyond its schema: what its system lacks, and guardrails that there are none of. */
  readonly problemsOf: (stack: Stack) => readonly Problem[];
}

/** A stack for another control plane, and what became of everything in the source. */
export interface Promotion {
  readonly files: readonly { readonly name: string; readonly team: boolean; readonly text: string }[];
  /** The new stack as it loads. */
  readonly stack: Stack;
  readonly outcomes: readonly Outcome[];
  readonly source: readonly Entry[];
  readonly entries: readonly Entry[];
  /** Path in the source of an entry of the new stack; undefined for what no source has. */
  readonly originOf: (name: string) => string | undefined;
}

/**
 * The same declaration for another control plane. What has another form there is translated, never to more than it was; what has none is
 * taken out, and told. Pure: nothing is read, written or asked. Throws StackProblems where the target itself is wrong.
 */
export function promote(options: PromoteOptions): Promotion {
  const { sources, problemsOf } = options;
  const draft = new Draft(sources.sources.map((one) => ({ ...one, name: nameOf(one) })));
  const source = draft.files.flatMap(({ document }) => declaredIn(lookAt(document)).entries);
  const way = wayOf(options, source);
  writeControlPlane(draft, options);
  for (const translate of TRANSLATIONS) translate(draft, way);
  const problemsIn = () => problemsOfDraft(draft, sources, problemsOf);
  takeOutWhatIsLeft(draft, way, problemsIn);
  for (const translate of LAST_TRANSLATIONS) translate(draft, way);
  const left = takeOutWhatIsLeft(draft, way, problemsIn);
  if (left.length > 0) throw new StackProblems(left);
  return {
    files: draft.texts,
    stack: loadSources(inMemory(draft, sources)),
    outcomes: draft.outcomes,
    source,
    entries: draft.entries(),
    originOf: (path) => draft.originOf(path),
  };
}

function wayOf({ stack, target, known = [], today }: PromoteOptions, source: readonly Entry[]): Way {
  const planes = stack.controlPlanes.map((plane) => plane.name);
  const adapter = adapterOf(target.system);
  return {
    target: adapter,
    source,
    known,
    today,
    systemOf: (path) => {
      const own = planesOf(
        source.find((entry) => entry.name === path),
        planes,
      );
      if (target.plane !== undefined && own.includes(target.plane)) return adapter;
      return adapterOf(stack.controlPlanes.find((plane) => plane.name === own[0])?.system ?? "gatehouse");
    },
  };
}

function writeControlPlane(draft: Draft, { target, name, stack: { name: source } }: PromoteOptions): void {
  const { system, url, transport, credentials, allowAssumed } = target;
  const { main } = draft;
  draft.setPath(main, ["name"], name);
  const former = main.document.has("controlPlanes") ? "controlPlanes" : "controlPlane";
  draft.setBlock(main, "controlPlane", former, {
    system,
    ...(url === undefined ? {} : { url }),
    ...(transport === undefined ? {} : { transport }),
    ...(allowAssumed ? { allowAssumed } : {}),
    credentials,
  });
  const { title } = adapterOf(system);
  draft.comment(main, [], `Promoted from ${source} to ${title} by \`gatehouse promote\`: PROMOTION.md says what was translated and lost.`);
}

function problemsOfDraft(draft: Draft, sources: Sources, problemsOf: (stack: Stack) => readonly Problem[]): readonly Problem[] {
  try {
    loadSources(inMemory(draft, sources), problemsOf);
    return [];
  } catch (error) {
    if (error instanceof StackProblems) return error.problems;
    throw error;
  }
}

function inMemory(draft: Draft, { directory }: Sources): Sources {
  return { directory, sources: draft.texts.map(({ name, team, text }) => ({ shown: name, team, text })), problems: [] };
}

/** A single file of any name becomes the main file of a folder. */
function nameOf({ shown, team }: { readonly shown: string; readonly team: boolean }): string {
  return team ? (shown.split(/[\\/]/).at(-1) ?? shown) : MAIN_FILE;
}
