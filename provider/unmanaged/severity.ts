import type { Kind } from "../../schema/kind.js";
import type { Severity } from "../report/report.js";

/** Days without use after which a key counts as forgotten. */
const IDLE_DAYS = 90;

/** What the severity of an object that nobody declared follows from. */
export interface Judged {
  readonly kind: Kind;
  readonly values: Readonly<Record<string, unknown>>;
  readonly environment: string | undefined;
  /** It makes somebody an administrator of the organization. */
  readonly administers: boolean;
  /** Whole days without use, since it was made where it was never used. Undefined where the system does not say. */
  readonly idleDays: number | undefined;
}

interface Rule {
  readonly severity: Severity;
  /** What such an object does; one sentence with its final stop. */
  readonly why: string;
  readonly applies: (object: Judged) => boolean;
}

/** The first that applies counts. */
export const UNMANAGED_RULES: readonly Rule[] = [
  {
    severity: "low",
    why: "The membership or invitation has run out and gives nothing any more.",
    applies: ({ values }) => values.status === "expired",
  },
  { severity: "critical", why: "It makes somebody an administrator of the organization.", applies: ({ administers }) => administers },
  {
    severity: "critical",
    why: "It is a production key that works.",
    applies: (object) => works(object) && object.environment === "production",
  },
  {
    severity: "medium",
    why: `It is a key that works and that nobody has used for ${IDLE_DAYS} days.`,
    applies: (object) => works(object) && (object.idleDays ?? 0) >= IDLE_DAYS,
  },
  { severity: "high", why: "It is a key that works.", applies: works },
  {
    severity: "medium",
    why: "It is a key that does not work now and may be put back into use.",
    applies: ({ kind }) => kind.custody !== undefined,
  },
  {
    severity: "high",
    why: "It is about security: who may do what, or with which secret.",
    applies: ({ kind }) => kind.about === "security",
  },
  { severity: "medium", why: "It decides what may be spent.", applies: ({ kind }) => kind.about === "money" },
  { severity: "medium", why: "It decides what answers requests.", applies: ({ kind }) => kind.about === "availability" },
  { severity: "low", why: "It changes what people see and nothing else.", applies: () => true },
];

/** How much a reader must care about an object that nobody declared, and why. */
export function severityOf(object: Judged): Pick<Rule, "severity" | "why"> {
  const { severity, why } = UNMANAGED_RULES.find(({ applies }) => applies(object)) ?? { severity: "low", why: "" };
  return { severity, why };
}

/** True for an object in custody, such as a key, that gives access now. */
function works({ kind: { custody }, values }: Judged): boolean {
  if (custody === undefined) return false;
  const status = values[custody.statusField] ?? custody.healthy;
  return status === custody.healthy;
}
