import { permissionNames } from "../../../schema/systems/permissions/index.js";
import type { Entry } from "../../stackfile/entries.js";
import { offersKind } from "../offers.js";
import { beyond, type Powers, permissionPowers } from "../powers.js";
import type { Way } from "../way.js";
import type { Translation } from "./translation.js";

/** Custom roles by what their permissions mean: each keeps those that give no more at the target than the whole role gave before. */
export const customRoles: Translation = (draft, way) => {
  if (!offersKind(way.target, "Role")) return;
  const names = permissionNames(way.target.system);
  for (const role of draft.entries("Role")) {
    const source = way.systemOf(draft.originOf(role.name) ?? "");
    if (source === way.target) continue;
    const before = textsIn(role.given.permissions);
    const powers = permissionPowers(source.system, before);
    const kept = before.filter((name) => names.includes(name) && fits(way, name, powers));
    const why = `${kept.length === 0 ? "each of its" : "the other"} permissions mean more in ${way.target.title}, or nothing`;
    if (kept.length === 0) draft.loseWhole(role, { from: before, why, weight: "tighter" });
    else if (kept.length < before.length) {
      draft.set(role, "permissions", kept);
      draft.tell(role, { field: "permissions", result: "translated", from: before, to: kept, why, weight: "tighter" });
    }
  }
};

/** Permissions of the custom roles among some entries, by name. */
export function permissionsByRole(entries: readonly Entry[]): ReadonlyMap<string, readonly string[]> {
  const own = entries.filter(({ kindName }) => kindName === "Role");
  return new Map(own.map(({ given }) => [String(given.name), textsIn(given.permissions)]));
}

/** What everybody has who has any role is no reason against one permission: it is weighed with the role of each member. */
function fits({ target }: Way, permission: string, powers: Powers): boolean {
  const always = permissionPowers(target.system, []);
  return beyond(permissionPowers(target.system, [permission]), powers).every((one) => always.has(one));
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
