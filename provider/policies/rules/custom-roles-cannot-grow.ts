import { permissionsOf } from "../../../schema/systems/permissions/index.js";
import { defineRule } from "../rule.js";
import { known } from "../seen.js";

export const customRolesCannotGrow = defineRule({
  name: "custom-roles-cannot-grow",
  title: "A custom role cannot give itself more",
  why: "Whoever may change roles or the users who have them can take every right there is: an administrator in disguise.",
  enforces: ["R-38", "O-45"],
  level: "mandatory",
  alone: "Role",
  settings: {},
  check: (view) =>
    view.of("Role").flatMap((role) => {
      const growing = permissionsOf(role.system)?.growing ?? [];
      const found = (known(role.inputs.permissions) ?? []).filter((permission) => growing.includes(permission));
      if (found.length === 0) return [];
      return [
        {
          object: role,
          property: "permissions",
          what: `has ${found.join(", ")}, with which its holders can give themselves everything`,
          advice: `Take ${found.join(", ")} out of \`permissions\`; give the administrator's role to those who need it.`,
        },
      ];
    }),
  example: {
    bad: "roles: { lead: { permissions: [project:write, user:write] } }",
    good: "roles: { lead: { permissions: [project:write, report:read] } }",
  },
});
