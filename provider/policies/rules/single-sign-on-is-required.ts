import { flag } from "../../../schema/field.js";
import { KINDS } from "../../../schema/kinds/index.js";
import { adapterOf } from "../../adapters/index.js";
import { offersField } from "../../adapters/support.js";
import { type Answer, crowdsOf, organizationOf } from "../people.js";
import { defineRule, setting, type Violation } from "../rule.js";
import { known, type SeenObject, UNKNOWN } from "../seen.js";
import type { StackView } from "../stack-view.js";

type Policy = SeenObject<"SecurityPolicy">;
const PROPERTY = "singleSignOn.status";
const ADVICE =
  "Write `security: { singleSignOn: { status: gradual, protocol: oidc, identityProviderUrl: …, adminOwner: … } }`, try it out, then `required`.";

export const singleSignOnIsRequired = defineRule({
  name: "single-sign-on-is-required",
  title: "People sign in through the organization's identity provider, and a way in stays open while that is rolled out",
  why: "Only the identity provider knows who has left; a password outlives its owner's contract.",
  enforces: ["A-49", "A-50"],
  level: "mandatory",
  alone: "SecurityPolicy",
  settings: { mustBeDeclared: setting(flag(), false, true) },
  check: (view, { settings, today }) => {
    const crowds = crowdsOf(view, today);
    const administrators = new Map(
      crowds.flatMap(({ people }) =>
        people.map(({ member, user, administers }) => [`${member.controlPlane} ${user}`, administers] as const),
      ),
    );
    const withMembers = new Set(crowds.map(({ first }) => first.controlPlane));
    const isAdministrator = ({ controlPlane }: Policy, user: string): Answer => {
      if (!withMembers.has(controlPlane) || administrators.has(`${controlPlane} undefined`)) return "maybe";
      return administrators.get(`${controlPlane} ${user.toLowerCase()}`) ?? "no";
    };
    const onlyAdvice: Violation["onlyAdvice"] = settings.mustBeDeclared ? undefined : "always";
    return [
      ...view.of("SecurityPolicy").flatMap((policy) => [...ofStatus(view, policy, onlyAdvice), ...ofWayIn(view, policy, isAdministrator)]),
      ...organizationsWithoutPolicy(view, today).map((object) => ({
        object,
        what: "is in a stack that declares no single sign-on",
        advice: ADVICE,
        onlyAdvice,
      })),
    ];
  },
  example: {
    bad: 'security: { singleSignOn: { status: "off" } }',
    good: "security: { singleSignOn: { status: required, protocol: oidc, identityProviderUrl: https://id.acme.example, clientId: acme } }",
  },
});

function ofStatus(view: StackView, policy: Policy, onlyAdvice: Violation["onlyAdvice"]): readonly Violation[] {
  const { singleSignOn } = policy.inputs;
  if (singleSignOn === UNKNOWN || !view.offers(policy, PROPERTY)) return [];
  const status: unknown = singleSignOn?.status;
  const at = { object: policy, property: PROPERTY };
  if (singleSignOn === undefined) return [{ ...at, what: "says nothing of single sign-on", advice: ADVICE, onlyAdvice }];
  if (status === "off") return [{ ...at, what: "switches single sign-on off", advice: ADVICE }];
  if (status !== "gradual") return [];
  return [
    {
      ...at,
      what: "leaves passwords open beside single sign-on",
      advice: "Write `status: required` once everybody has signed in.",
      onlyAdvice: "unlessAsked",
    },
  ];
}

/** While it is rolled out, one administrator keeps a way in. */
function ofWayIn(view: StackView, policy: Policy, isAdministrator: (policy: Policy, user: string) => Answer): readonly Violation[] {
  const singleSignOn = known(policy.inputs.singleSignOn);
  const adminOwner: unknown = singleSignOn?.adminOwner;
  const at = { object: policy, property: "singleSignOn.adminOwner" };
  if (!view.offers(policy, at.property)) return [];
  const advice = "Write `adminOwner:` with the address of an administrator who can sign in when the identity provider fails.";
  if (singleSignOn?.status === "gradual" && adminOwner === undefined) return [{ ...at, what: "names nobody who keeps a way in", advice }];
  if (typeof adminOwner !== "string" || isAdministrator(policy, adminOwner) !== "no") return [];
  return [{ ...at, what: `leaves the way in to ${adminOwner}, who is no administrator`, advice }];
}

/** Organizations of which the stack declares something and no security policy, on systems that have single sign-on. */
function organizationsWithoutPolicy(view: StackView, today: string): readonly SeenObject[] {
  const declared = new Set(view.of("SecurityPolicy").map(({ controlPlane }) => controlPlane));
  const organizations = [...view.of("Organization"), ...crowdsOf(view, today).map(({ first }) => organizationOf(view, first))];
  return [...new Set<SeenObject>(organizations)].filter(
    ({ controlPlane, system }) => !declared.has(controlPlane) && offersField(adapterOf(system), KINDS.SecurityPolicy, PROPERTY),
  );
}
