import type { TRANSPORTS } from "../../schema/stackfile-blocks.js";
import type { System } from "../../schema/systems/index.js";

/** The control plane that a stack is promoted to. No secrets: credentials are names of environment variables. */
export interface PromotionTarget {
  readonly system: System;
  readonly url?: string | undefined;
  /** The system's own when absent. */
  readonly transport?: (typeof TRANSPORTS)[number] | undefined;
  readonly credentials: Readonly<Record<string, { readonly env: string }>>;
  readonly allowAssumed?: boolean | undefined;
  /** Its name, where the source stack has it already. */
  readonly plane?: string | undefined;
}
