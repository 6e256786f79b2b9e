/** Routerly's own bodies, as far as Gatehouse looks at them. */

export interface WireLimit {
  readonly metric: string;
  readonly windowType: string;
  readonly value: number;
  readonly period?: string;
  readonly rollingAmount?: number;
  readonly rollingUnit?: string;
}

export interface WirePrices {
  readonly inputPerMillion?: number;
  readonly outputPerMillion?: number;
  readonly cachePerMillion?: number;
}

export interface WireTier extends WirePrices {
  readonly metric: string;
  readonly above: number;
}

/** A model as lists answer it: prices nested, no secret. */
export interface WireModel {
  readonly id: string;
  readonly name?: string;
  readonly provider?: string;
  readonly endpoint?: string;
  readonly upstreamModelId?: string;
  readonly cost?: WirePrices & { readonly pricingTiers?: readonly WireTier[] };
  readonly contextWindow?: number | null;
  readonly limits?: readonly WireLimit[];
  readonly capabilities?: Readonly<Record<string, boolean>>;
}

export interface WireModelOverride {
  readonly modelId: string;
  readonly limitsMode?: string;
  readonly limits?: readonly WireLimit[];
}

export interface WireToken {
  readonly id: string;
  readonly tokenSnippet?: string;
  readonly labels?: readonly string[];
  readonly models?: readonly WireModelOverride[];
}

export interface WirePolicy {
  readonly type: string;
  readonly enabled?: unknown;
  readonly config?: Readonly<Record<string, unknown>>;
}

export interface WireProject {
  readonly id: string;
  readonly name: string;
  readonly timeoutMs?: number;
  readonly models?: readonly { readonly modelId: string; readonly prompt?: string }[];
  readonly policies?: readonly WirePolicy[] | null;
  readonly tokens?: readonly WireToken[];
  readonly members?: readonly { readonly userId: string; readonly role?: string }[];
}

export interface WireUser {
  readonly id: string;
  readonly email?: string;
  readonly roleId?: string;
}

export interface WireRole {
  readonly id: string;
  readonly name?: string;
  readonly permissions?: readonly string[];
  readonly builtin?: boolean;
}

export type WireChannel = Readonly<Record<string, unknown>> & { readonly id: string; readonly provider?: string };

export interface WireSettings {
  readonly notifications?: { readonly channels?: readonly WireChannel[] } | null;
}
