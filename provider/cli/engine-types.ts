import type { Step } from "../plan/changes.js";

/** The engine's events, as far as we read them. The SDK's typings lack some that the engine sends. */
export interface EngineEvent {
  readonly resourcePreEvent?: { readonly metadata: Step };
  readonly resOutputsEvent?: { readonly metadata: Step };
  readonly resOpFailedEvent?: { readonly metadata: Step };
  readonly diagnosticEvent?: { readonly urn?: string; readonly message: string; readonly severity: string; readonly ephemeral?: boolean };
  readonly policyEvent?: {
    readonly enforcementLevel: string;
    readonly message: string;
    readonly policyName: string;
    readonly policyPackName?: string;
    readonly resourceUrn?: string;
  };
  readonly policyRemediationEvent?: { readonly policyName: string; readonly resourceUrn?: string };
}

export interface OutputOptions {
  readonly onEvent: (event: unknown) => void;
  readonly color: "never";
}
