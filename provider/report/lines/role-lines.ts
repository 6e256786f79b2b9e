import { role } from "../../../schema/kinds/role.js";
import { permissionsOf } from "../../../schema/systems/permissions/index.js";
import { ADMINISTRATION } from "../../../schema/systems/roles.js";
import { UNKNOWN } from "../../../schema/unknown.js";
import type { ObjectStep } from "../../gates/index.js";
import type { Context } from "./context.js";
import { lineAbout } from "./line-about.js";
import type { Telling } from "./telling.js";

/** Custom roles that begin to administer the organization. */
export function roleLines(context: Context): readonly Telling[] {
  return context.changed
    .filter((step) => step.kind === role.name && administers(step.system, step.after?.permissions))
    .filter((step) => !administers(step.system, step.before?.inputs.permissions))
    .map((step): Telling => {
      const name = String(step.after?.name ?? step.name);
      const holders = holdersOf(name, step, context);
      const text = `the custom role ${name} ${hasUnknownIn(step.after?.permissions) ? "may now give" : "now gives"} administration of the organization`;
      const details = [holders.length === 0 ? "nobody who is declared holds it" : `held by ${holders.join(", ")}`];
      return {
        line: lineAbout(step, { section: "access", rule: "role-administers", text, properties: ["permissions"], details }, context),
        tells: [{ urn: step.urn, properties: step.operation === "update" ? ["permissions"] : "all" }],
      };
    });
}

/** Unknown permissions may be any. */
function administers(system: string, permissions: unknown): boolean {
  if (hasUnknownIn(permissions)) return true;
  const table = permissionsOf(system);
  if (table === undefined || !Array.isArray(permissions)) return false;
  const permitted = permissions.flatMap((one) =>
    Object.hasOwn(table.permissions, String(one)) ? (table.permissions[String(one)] ?? []) : [],
  );
  const given = [table.always, ...permitted].flatMap(({ organization = [] }) => organization);
  return ADMINISTRATION.every((capability) => given.includes(capability));
}

function hasUnknownIn(permissions: unknown): boolean {
  return permissions === UNKNOWN || (Array.isArray(permissions) && permissions.includes(UNKNOWN));
}

function holdersOf(name: string, { controlPlane }: ObjectStep, { changes }: Context): readonly string[] {
  return changes.objects
    .filter((step) => step.controlPlane === controlPlane && step.after?.role === name && typeof step.after.user === "string")
    .map(({ after }) => String(after?.user));
}
