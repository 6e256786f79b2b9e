import { securityPolicy } from "../../../schema/kinds/security-policy.js";
import { UNKNOWN } from "../../../schema/unknown.js";
import type { ObjectStep } from "../../gates/index.js";
import type { SeverityRuleName } from "../severity.js";
import type { Context } from "./context.js";
import { lineAbout } from "./line-about.js";
import type { Telling } from "./telling.js";

interface Weakened {
  readonly rule: SeverityRuleName;
  readonly property: string;
  readonly text: string;
}

/** Sign-in of people that becomes weaker. */
export function signInLines(context: Context): readonly Telling[] {
  const steps = context.changed.filter(({ kind, after }) => kind === securityPolicy.name && after !== undefined);
  return steps.flatMap((step) =>
    [...singleSignOn(step), ...addresses(step)].map(
      ({ rule, property, text }): Telling => ({
        line: lineAbout(step, { section: "access", rule, text, properties: [property] }, context),
        tells: [{ urn: step.urn, properties: [property] }],
      }),
    ),
  );
}

function singleSignOn({ before, after }: ObjectStep): readonly Weakened[] {
  const [was, is] = [statusIn(before?.inputs.singleSignOn), statusIn(after?.singleSignOn)];
  const property = "singleSignOn";
  if ((was !== "required" && was !== "gradual") || is === was || is === "required") return [];
  if (is === "gradual") return [{ rule: "sign-in-weakened", property, text: "single sign-on is offered and no longer required" }];
  const text =
    is === UNKNOWN
      ? `single sign-on is ${was} now, and only the apply knows what it will be`
      : `single sign-on, which is ${was} now, is ${is ?? "no longer declared"}`;
  return [{ rule: "single-sign-on-off", property, text }];
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
  return isWider ? [{ rule: "sign-in-weakened", property: "ipAllowList", text: "people may administer from more addresses" }] : [];
}
