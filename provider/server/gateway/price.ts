import type { StoredObject } from "../store/objects.js";

export interface Tokens {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

interface Prices {
  readonly aboveContextTokens?: number;
  readonly inputUsdPerMillionTokens?: number;
  readonly outputUsdPerMillionTokens?: number;
}

const CHARACTERS_PER_TOKEN = 4;
const MILLION = 1_000_000;

/** Cost in US dollars by the prices of a registered model; nothing where no price is known. */
export function priceUsd(entry: StoredObject | undefined, { inputTokens, outputTokens }: Tokens): number {
  const base = (entry?.body ?? {}) as Prices & { pricingTiers?: Prices[] };
  const steps = (base.pricingTiers ?? []).filter((tier) => inputTokens > (tier.aboveContextTokens ?? 0));
  const prices = steps.toSorted((a, b) => (b.aboveContextTokens ?? 0) - (a.aboveContextTokens ?? 0))[0] ?? base;
  const { inputUsdPerMillionTokens: input = 0, outputUsdPerMillionTokens: output = 0 } = prices;
  return (inputTokens * input + outputTokens * output) / MILLION;
}

/** Tokens of a text, estimated. */
export function tokensOf(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}
