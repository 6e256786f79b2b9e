import type { Problem } from "../../../schema/kind.js";
import { loginProblems, PROVIDER_KEY } from "../../../schema/systems/qodex.js";
import type { Context } from "../context.js";
import { KEPT_SECRET } from "../objects/kept-secret.js";
import { conflict, forbidden } from "../refusal.js";
import { apiKey } from "../rules/api-key.js";
import type { RulesByKind } from "../rules/kind-rules.js";
import { projectMember } from "../rules/project-member.js";
import type { StoredObject, Values } from "../store/objects.js";

const ADMIN = "admin";

/** Where Qodex's rules differ from the general ones. */
export const qodexRules: RulesByKind = {
  // projects are archived; the permanent deletion is another, gated action. An archived one leaves its name free.
  Project: { offers: ["read", "create", "update"], isHistory: isArchived, isHidden: isArchived },
  //
  ProjectMember: {
    beforeUpdate(context, before, after) {
      projectMember.beforeUpdate?.(context, before, after);
      if (after.body.role !== ADMIN) keepLastAdmin(context, before);
    },
    beforeDelete(context, object) {
      projectMember.beforeDelete?.(context, object);
      keepLastAdmin(context, object);
    },
  },
  //
  Environment: { check: (_context, after) => loginProblems(after) },
  // one key of one provider for each project.
  ProviderCredential: {
    keyScope: "project",
    check: (_context, after) => [...withoutProject(after), ...providerProblems(after)],
    beforeCreate(context, draft) {
      const other = context.store.objects.find("ProviderCredential", "project", String(draft.body.project))[0];
      if (other !== undefined) throw conflict("the project has a key of its own already: replace or delete that one", "already_exists");
      return draft;
    },
  },
  //
  ApiKey: {
    keyScope: "project",
    check: (_context, after) => withoutProject(after),
    beforeCreate: (context, draft) => ({ ...draft, body: { ...draft.body, status: "active", createdBy: context.actor.user } }),
    beforeUpdate(context, before, after) {
      refuseForeignKey(context, before);
      apiKey.beforeUpdate?.(context, before, after);
    },
    beforeDelete: refuseForeignKey,
    actions: {
      rotate: {
        run(context, object) {
          refuseForeignKey(context, object);
          const rotate = apiKey.actions?.rotate;
          if (rotate === undefined) throw new Error("keys have no rotation");
          return rotate.run(context, object);
        },
      },
    },
  },
  //
  Alert: {
    check: (_context, after) => [
      ...withoutProject(after),
      ...(after.schedule === undefined ? [{ property: "schedule", reason: "is required: a schedule has five cron fields" }] : []),
    ],
  },
};

function isArchived({ body }: StoredObject): boolean {
  return body.status === "archived";
}

function withoutProject({ project }: Values): Problem[] {
  return project === undefined ? [{ property: "project", reason: "is required: everything belongs to one project" }] : [];
}

function providerProblems({ provider, value }: Values): Problem[] {
  return [
    ...(provider === "openai" ? [] : [{ property: "provider", reason: "must be openai, the only one there is" }]),
    ...(value === KEPT_SECRET || PROVIDER_KEY.test(String(value)) ? [] : [{ property: "value", reason: "must begin with sk-" }]),
  ];
}

function keepLastAdmin(context: Context, member: StoredObject): void {
  if (member.body.role !== ADMIN) return;
  const others = context.store.objects
    .find("ProjectMember", "role", ADMIN, { owner: member.owner })
    .filter((other) => other.id !== member.id && projectMember.present?.(context, other).status === "active");
  if (others.length > 0) return;
  throw conflict(`${member.body.user} is the last active Admin of the project: make somebody else Admin first`, "last_admin");
}

/** Members have their own keys only; admins have all. */
function refuseForeignKey({ store, actor }: Context, key: StoredObject): void {
  const owner = String(key.body.project);
  const [membership] = store.objects.find("ProjectMember", "user", actor.user, { owner, ignoreCase: true });
  if (membership?.body.role === ADMIN || key.body.createdBy === actor.user) return;
  throw forbidden(`key "${key.body.name}" is ${key.body.createdBy}'s: members change their own keys only`, "not_own_key");
}
