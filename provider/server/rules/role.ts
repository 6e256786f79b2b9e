import { permissionNames } from "../../../schema/systems/permissions/index.js";
import { conflict } from "../refusal.js";
import type { KindRules } from "./kind-rules.js";

/** A role that the organization defines. It goes only when nobody holds it. */
export const role: KindRules = {
  check({ profile }, { name, permissions }) {
    const builtIn = [profile.organizationRoles, profile.projectRoles].some((roles) => Object.hasOwn(roles, String(name)));
    const known = permissionNames(profile.name);
    const unknown = Array.isArray(permissions) ? permissions.filter((permission) => !known.includes(String(permission))) : [];
    return [
      ...(builtIn ? [{ property: "name", reason: `"${name}" is a built-in role: choose another name` }] : []),
      ...(unknown.length > 0
        ? [
            {
              property: "permissions",
              reason: `${unknown.join(", ")} ${unknown.length > 1 ? "are" : "is"} not known: use ${known.join(", ")}`,
            },
          ]
        : []),
    ];
  },
  beforeDelete({ store }, { body }) {
    const holders = ["OrganizationMember", "ProjectMember"].flatMap((kind) => store.objects.find(kind, "role", String(body.name)));
    if (holders.length === 0) return;
    const people = [...new Set(holders.map((member) => String(member.body.user)))].join(", ");
    throw conflict(`the role "${body.name}" is held by ${people}: give them another role first`, "role_in_use");
  },
};
