import type { ModelRecord, Policy, UseRecord } from "./records.js";

/** What a policy may look at. */
export interface Question {
  readonly candidates: readonly ModelRecord[];
  readonly body: Readonly<Record<string, unknown>>;
  /** Successful calls of the project. */
  readonly usage: readonly UseRecord[];
}

/** Points from 0 to 1 by candidate; undefined excludes it. */
type Score = (model: ModelRecord, question: Question) => number | undefined;

const CHARACTERS_PER_TOKEN = 4;
const FULL = 0.8;

/** Policies that say something of a made-up answer. The others have nothing to measure here and abstain. */
const SCORES: Readonly<Record<string, Score>> = {
  cheapest: (model, { candidates }) => {
    const most = Math.max(...candidates.map(price));
    return most === 0 ? 1 : 1 - price(model) / most;
  },
  context: (model, { body }) => {
    if (typeof model.contextWindow !== "number" || model.contextWindow === 0) return 1;
    const fill = JSON.stringify(body.messages ?? "").length / CHARACTERS_PER_TOKEN / model.contextWindow;
    if (fill >= 1) return undefined;
    return fill > FULL ? 0.5 : 1;
  },
  capability: (model, { body }) => (neededBy(body).some((name) => model.capabilities?.[name] === false) ? undefined : 1),
  fairness: (model, { usage }) => {
    if (usage.length === 0) return 1;
    return 1 - usage.filter(({ modelId }) => modelId === model.id).length / usage.length;
  },
};

function price({ cost = {} }: ModelRecord): number {
  return ((Number(cost.inputPerMillion) || 0) + (Number(cost.outputPerMillion) || 0)) / 2;
}

function neededBy(body: Readonly<Record<string, unknown>>): readonly string[] {
  const has = (name: string) => body[name] !== undefined;
  const seesImages = JSON.stringify(body.messages ?? "").includes('"image_url"');
  return [...(has("tools") ? ["functionCalling"] : []), ...(has("response_format") ? ["json"] : []), ...(seesImages ? ["vision"] : [])];
}

/**
 * The candidate that the policies prefer; undefined when they exclude all. The first of N weighs N, the last 1; disabled and unknown
 * ones are skipped; equal scores abstain; when all abstain, chance decides.
 */
export function choose(policies: readonly Policy[], question: Question): ModelRecord | undefined {
  const [only, ...others] = question.candidates;
  if (others.length === 0) return only;
  const enabled = policies.filter(({ enabled }) => Boolean(enabled));
  let left = question.candidates;
  const totals = new Map<ModelRecord, number>();
  for (const [index, { type = "" }] of enabled.entries()) {
    const score = Object.hasOwn(SCORES, type) ? SCORES[type] : undefined;
    if (score === undefined) continue;
    const points = question.candidates.map((model) => [model, score(model, question)] as const);
    left = left.filter((model) => points.some(([one, point]) => one === model && point !== undefined));
    if (new Set(points.map(([, point]) => point)).size === 1) continue;
    for (const [model, point = 0] of points) totals.set(model, (totals.get(model) ?? 0) + point * (enabled.length - index));
  }
  const best = Math.max(...left.map((model) => totals.get(model) ?? 0));
  const tied = left.filter((model) => (totals.get(model) ?? 0) === best);
  return tied[Math.floor(Math.random() * tied.length)];
}
