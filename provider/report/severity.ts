import type { Severity } from "./report.js";

/** One published rule: when a line of a report has which severity. */
interface SeverityRule {
  readonly name: string;
  readonly severity: Severity;
  /** One sentence with its final stop. */
  readonly when: string;
}

/** All rules of severity, worst first. What several of them fit has a line for each. */
export const SEVERITY_RULES = [
  {
    name: "failure",
    severity: "critical",
    when: "The change cannot be planned or made.",
  },
  {
    name: "gate-closed",
    severity: "critical",
    when: "A gate stops the change, and nobody approved it.",
  },
  {
    name: "administration-gained",
    severity: "critical",
    when: "Somebody gains administration of the organization: managing its members and configuring it, or a role that may turn out to give both.",
  },
  {
    name: "role-administers",
    severity: "critical",
    when: "A custom role begins to give administration of the organization, whoever holds it.",
  },
  {
    name: "production-key-unlocked",
    severity: "critical",
    when: "A production key is no longer locked to its project.",
  },
  {
    name: "production-key-shared",
    severity: "critical",
    when: "A production key no longer belongs to one service: its consumer is gone or stands for several, or a person uses it.",
  },
  {
    name: "single-sign-on-off",
    severity: "critical",
    when: "Single sign-on, which is offered or required, is switched off or no longer declared.",
  },
  {
    name: "identity-provider-changed",
    severity: "critical",
    when: "Single sign-on, which is offered or required, goes through another identity provider: its address, its certificate, its protocol or the id it is called by changes.",
  },
  {
    name: "approval-added",
    severity: "critical",
    when: "The change brings an approval, or makes one last longer or stand in another person's name.",
  },
  {
    name: "guardrail-stops",
    severity: "high",
    when: "A mandatory guardrail is violated, without an exception.",
  },
  {
    name: "gate-opened",
    severity: "high",
    when: "A gate would stop the change, and an approval opens it.",
  },
  {
    name: "management-gained",
    severity: "high",
    when: "Somebody gains managing keys or members, configuring, or deleting.",
  },
  {
    name: "cap-removed",
    severity: "high",
    when: "A ceiling on money or use is removed, may turn out to be, or no longer stops anything.",
  },
  {
    name: "cap-raised-far",
    severity: "high",
    when: "A ceiling on money or use becomes more than twice as high.",
  },
  {
    name: "production-key-changed",
    severity: "high",
    when: "A production key is created, replaced, deleted, gets a new secret or is one no longer, or another key becomes one.",
  },
  {
    name: "exception-added",
    severity: "high",
    when: "The change brings an exception from a guardrail, or makes one last longer.",
  },
  {
    name: "guardrails-loosened",
    severity: "high",
    when: "The guardrails become less strict: by their preset, or one of them by its level.",
  },
  {
    name: "reconciliation-loosened",
    severity: "high",
    when: "A reconciliation may do more by itself: put back what it only told, remove what nobody declared, or change more objects in one pass.",
  },
  {
    name: "security-changed",
    severity: "high",
    when: "Anything else about security changes on what is there: where requests and messages go, where a secret comes from, what tests may do. Whether it becomes stricter or milder is for a person to see.",
  },
  {
    name: "key-owner-leaves",
    severity: "high",
    when: "Somebody loses all access who answers for a production key that stays.",
  },
  {
    name: "production-ends-soon",
    severity: "high",
    when: "A production key ends within 14 days, or the membership of somebody who answers for one or who administers; or its day has come, and it is still there.",
  },
  {
    name: "access-gained",
    severity: "medium",
    when: "Somebody gains any other access, or is less limited in it.",
  },
  {
    name: "access-lost",
    severity: "medium",
    when: "Somebody loses access altogether to something.",
  },
  {
    name: "project-archived",
    severity: "medium",
    when: "A project is archived, and refuses keys, settings and traffic from then on.",
  },
  {
    name: "project-returns",
    severity: "medium",
    when: "An archived project is in use again, with the access that people and keys have in it.",
  },
  {
    name: "sign-in-weakened",
    severity: "medium",
    when: "Single sign-on is no longer required but still offered, or people may administer from more addresses.",
  },
  {
    name: "cap-raised",
    severity: "medium",
    when: "A ceiling on money or use becomes at most twice as high.",
  },
  {
    name: "key-changed",
    severity: "medium",
    when: "Any other key is created, replaced, deleted, unlocked, gets a new secret, or goes to another environment class.",
  },
  {
    name: "production-key-rotated",
    severity: "medium",
    when: "A production key gets a second key beside the one in use, the former one of the two ends after its overlap, or the former one is taken into use again.",
  },
  {
    name: "guardrail-set-otherwise",
    severity: "medium",
    when: "The settings of a guardrail change, and its level stays.",
  },
  {
    name: "security-added",
    severity: "medium",
    when: "Something else that is about security is new: a credential, an alert, a role, an environment of tests.",
  },
  {
    name: "money-changed",
    severity: "medium",
    when: "Anything else about money changes on what is there: a price, an expected spend.",
  },
  {
    name: "availability-changed",
    severity: "medium",
    when: "Anything else changes on what is there that decides whether requests are answered, and by what: a route, a fallback, a time limit.",
  },
  {
    name: "object-deleted",
    severity: "medium",
    when: "An object is deleted, or replaced by another one.",
  },
  {
    name: "control-plane-changed",
    severity: "medium",
    when: "The address, the system or the settings of a control plane change.",
  },
  {
    name: "finding",
    severity: "medium",
    when: "Something at the control plane waits for a person, such as a key that somebody revoked.",
  },
  {
    name: "access-ends-soon",
    severity: "medium",
    when: "Any other key or membership ends within 14 days, or its day has come, and it is still there.",
  },
  {
    name: "key-rotated",
    severity: "low",
    when: "The same of any other key; and what is still to come of a rotation, of any key.",
  },
  {
    name: "access-narrowed",
    severity: "low",
    when: "Somebody keeps access, with less of it or within closer limits.",
  },
  {
    name: "cap-lowered",
    severity: "low",
    when: "A ceiling on money or use becomes lower, or there is a new one.",
  },
  {
    name: "role-without-effect",
    severity: "low",
    when: "A role in a project changes nothing, since a role in the organization gives as much there.",
  },
  {
    name: "advice",
    severity: "low",
    when: "A guardrail that does not stop anything says something, or its violation is excepted or mended.",
  },
  {
    name: "approval-removed",
    severity: "low",
    when: "An approval or an exception goes, or ends earlier.",
  },
  {
    name: "word-ends-soon",
    severity: "low",
    when: "An exception, an approval or a rule that ignores something ends within 14 days, or an entry of the stack file is over and can be removed from it.",
  },
  {
    name: "other",
    severity: "low",
    when: "Everything else: names, descriptions, labels, and what is new and about none of these.",
  },
] as const satisfies readonly SeverityRule[];

export type SeverityRuleName = (typeof SEVERITY_RULES)[number]["name"];

const SEVERITY_BY_RULE = Object.fromEntries(SEVERITY_RULES.map(({ name, severity }) => [name, severity])) as Readonly<
  Record<SeverityRuleName, Severity>
>;

/** The severity that a rule gives. */
export function severityBy(rule: SeverityRuleName): Severity {
  return SEVERITY_BY_RULE[rule];
}
