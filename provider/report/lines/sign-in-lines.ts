import { securityPolicy } from "../../../schema/kinds/security-policy.js";
import { UNKNOWN } from "../../../schema/unknown.js";
import type { ObjectStep } from "../../gates/index.js";
import type { SeverityRuleName } from "../severity.js";
import type { Context } from "./context.js";
import { lineAbout } from "./line-about.js";
import type { Telling } from "./telling.js";

interface Weakened {
  readonly rule: SeverityRuleName;
  readonly properties: readonly string[];
  readonly text: string;
}

/** Sign-in of people that becomes weaker, or goes another way. */
export function signInLines(context: Context): readonly Telling[] {
  const steps = context.changed.filter(({ kind, after }) => kind === securityPolicy.name && after !== undefined);
  return steps.flatMap((step) =>
    [...singleSignOn(step), ...identityProvider(step), ...addresses(step)].map(
      ({ rule, properties, text }): Telling => ({
        line: lineAbout(step, { section: "access", rule, text, properties }, context),
        tells: [{ urn: step.urn, properties }],
      }),
    ),
  );
}

function singleSignOn({ before, after }: ObjectStep): readonly Weakened[] {
  const [was, is] = [statusIn(before?.inputs.singleSignOn), statusIn(after?.singleSignOn)];
  if (!isUsed(was) || is === was || is === "required") return [];
  if (is === "gradual")
    return [{ rule: "sign-in-weakened", properties: ["singleSignOn.status"], text: "single sign-on is offered and no longer required" }];
  const text =
    is === UNKNOWN
      ? `single sign-on is ${was} now, and only the apply knows what it will be`
      : `single sign-on, which is ${was} now, is ${is ?? "no longer declared"}`;
  return [{ rule: "single-sign-on-off", properties: ["singleSignOn"], text }];
}

/** What says who vouches for people. Whoever answers there signs in as anybody. */
const PROVIDER = ["identityProviderUrl", "certificate", "entityId", "clientId", "protocol"] as const;

function identityProvider({ before, after, properties }: ObjectStep): readonly Weakened[] {
  if (!isUsed(statusIn(before?.inputs.singleSignOn)) || !isUsed(statusIn(after?.singleSignOn))) return [];
  const paths = PROVIDER.map((name) => `singleSignOn.${name}`);
  const changed = paths.filter((path) => properties.some(({ property }) => property === path));
  if (changed.length === 0) return [];
  const names = changed.map((path) => path.slice("singleSignOn.".length)).join(", ");
  return [{ rule: "identity-provider-changed", properties: changed, text: `people sign in through another identity provider: ${names}` }];
}

function isUsed(status: string | undefined): boolean {
  return status === "required" || status === "gradual";
}

function statusIn(policy: unknown): string | undefined {
  if (policy === UNKNOWN) return UNKNOWN;
  const status = typeof policy === "object" && policy !== null && "status" in policy ? policy.status : undefined;
  return typeof status === "string" ? status : undefined;
}

/** An absent list lets everybody in, and so may one that only the apply will know. */
function addresses({ before, after }: ObjectStep): readonly Weakened[] {
  const [was, is] = [before?.inputs.ipAllowList, after?.ipAllowList];
  if (!Array.isArray(was)) return [];
  const isWider = !Array.isArray(is) || is.some((range) => !was.includes(range));
  return isWider ? [{ rule: "sign-in-weakened", properties: ["ipAllowList"], text: "people may administer from more addresses" }] : [];
}
