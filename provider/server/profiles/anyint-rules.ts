import type { Problem } from "../../../schema/kind.js";
import { singleSignOnProblems } from "../../../schema/systems/anyint.js";
import type { Context } from "../context.js";
import { apiKey } from "../rules/api-key.js";
import type { RulesByKind } from "../rules/kind-rules.js";
import { projectMember } from "../rules/project-member.js";
import type { Values } from "../store/objects.js";

/** What distinguishes AnyInt from the general rules, kind by kind. */
export const anyintRules: RulesByKind = {
  // A project there has a name and no state.
  Project: { beforeCreate: (_context, draft) => draft, beforeReference: () => {}, beforeUpdate: () => {} },
  // people come into the organization first, and from there into projects.
  ProjectMember: {
    check: (context, after, before) => [...(projectMember.check?.(context, after, before) ?? []), ...strangers(context, after)],
  },
  // what a protocol needs, the policy has.
  SecurityPolicy: { check: (_context, after) => singleSignOnProblems(after.singleSignOn) },
  // a key is its creator's own.
  ApiKey: {
    beforeCreate: (context, draft) => {
      const made = apiKey.beforeCreate?.(context, draft) ?? draft;
      return { ...made, body: { ...made.body, creator: context.actor.user } };
    },
  },
};

function strangers({ store }: Context, { user }: Values): Problem[] {
  const [known] = store.objects.find("OrganizationMember", "user", String(user), { ignoreCase: true });
  return known === undefined ? [{ property: "user", reason: "is no member of the organization: invite the person there first" }] : [];
}
