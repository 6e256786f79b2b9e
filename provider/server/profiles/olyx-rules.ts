import type { Problem } from "../../../schema/kind.js";
import { EVENTS, PROVIDERS } from "../../../schema/systems/olyx.js";
import type { Context } from "../context.js";
import { randomToken } from "../hashes.js";
import { conflict } from "../refusal.js";
import type { RulesByKind } from "../rules/kind-rules.js";
import { memberStatus } from "../rules/member-status.js";
import { projectMember } from "../rules/project-member.js";
import type { StoredObject, Values } from "../store/objects.js";

/** What distinguishes Olyx from the general rules, kind by kind. */
export const olyxRules: RulesByKind = {
  // O-14, O-24, O-25: active or archived, never deleted; an archived one is history, and its name is free.
  Project: {
    offers: ["read", "create", "update"],
    isHistory: (project) => project.body.status === "archived",
    beforeReference: refuseArchivedProject,
    beforeCreate: (_context, draft) => ({ ...draft, body: { status: "active", ...draft.body } }),
    beforeUpdate(_context, before, after) {
      const isChanged = JSON.stringify(before.body) !== JSON.stringify(after.body);
      if (after.body.status === "archived" && isChanged) refuseArchivedProject(before);
    },
  },
  // O-65 to O-67: people come by invitation only.
  OrganizationMember: { offers: ["read", "update", "delete"], actions: {} },
  ProjectMember: {
    offers: ["read", "update", "delete"],
    beforeCreate: (context, draft) => pending(projectMember.beforeCreate?.(context, draft) ?? draft),
    present: (context, object) => ({ status: memberStatus(context, object) }),
    afterDelete: ({ store }, object) => store.credentials.removeAllOf(object.id),
  },
  // O-08, O-40: the registry is a project's own.
  Model: { check: (_context, after) => [...withoutProject(after), ...notAmong("provider", after.provider, PROVIDERS)] },
  RoutingPolicy: { check: (_context, after) => withoutProject(after) },
  // O-47 to O-49: the token begins with the id, is shown once, and no call renews it.
  ApiKey: { check: (_context, after) => withoutProject(after), issueSecret: issueToken, actions: {} },
  // O-53: one cap of a calendar month for each project.
  Budget: {
    check: (_context, after) => [
      ...withoutProject(after),
      ...notAmong("period", after.period, ["month"]),
      ...notAmong("onBreach", after.onBreach, ["block"]),
    ],
    beforeCreate: (_context, draft) => ({ ...draft, body: { onBreach: "block", ...draft.body } }),
  },
  // O-11, O-61, O-62: exactly two events.
  Alert: {
    check: (_context, after) => [
      ...withoutProject(after),
      ...[after.event, ...listOf(after.events)].flatMap((event) => notAmong("event", event, EVENTS)),
    ],
  },
};

/** Throws when the project is archived: it takes no keys, settings and traces any more. */
export function refuseArchivedProject(project: StoredObject): void {
  if (project.body.status !== "archived") return;
  throw conflict(`Project "${project.body.name}" is archived and can only be read`, "project_archived");
}

function issueToken({ store, now, profile }: Context, draft: StoredObject): { object: StoredObject; revealed: Values } {
  const shown = `${profile.tokenPrefixes.key}${draft.id}.`;
  const token = randomToken(shown);
  store.credentials.add({ purpose: "key", secret: token, subject: draft.id, now });
  return { object: { ...draft, body: { ...draft.body, maskedToken: `${shown}…` } }, revealed: { token } };
}

function pending(draft: StoredObject): StoredObject {
  return { ...draft, body: { ...draft.body, status: "pending" } };
}

/** O-01: keys, models, routing, alerts and caps each belong to exactly one project. */
function withoutProject({ project }: Values): Problem[] {
  return project === undefined ? [{ property: "project", reason: "can't be blank" }] : [];
}

function notAmong(property: string, value: unknown, known: readonly string[]): Problem[] {
  if (value === undefined || known.includes(String(value))) return [];
  return [{ property, reason: `is not included in the list: ${known.join(", ")}` }];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
