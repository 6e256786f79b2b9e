import type { Field } from "../../schema/field.js";
import { inputFields, type Kind } from "../../schema/kind.js";
import type { Weight } from "./outcome.js";

/** Fields that narrow what an object may do without being an amount, by kind. */
const NARROWING: Readonly<Record<string, readonly string[]>> = {
  OrganizationMember: ["expiresAt"],
  ProjectMember: ["expiresAt"],
  ApiKey: ["expiresAt", "ipAllowList", "models", "project"],
  Model: ["visibility", "regionRestriction", "dataRetentionDays"],
  Environment: ["constraints"],
  SecurityPolicy: ["singleSignOn", "sessionMinutes", "idleMinutes", "ipAllowList", "promptGuards"],
  RoutingPolicy: ["constraints"],
};

/** Kinds whose objects give access. */
const GIVING: readonly string[] = ["Role", "OrganizationMember", "ProjectMember", "ApiKey"];

/** What becomes of limits when a field is not there any more: a ceiling that is gone, or another bound. */
export function weightOfField(kind: Kind, path: string): { readonly weight?: Weight } {
  const [name = ""] = path.split(".");
  const field = path.split(".").reduce<Field | undefined>((above, step) => above?.fields?.[step] ?? above?.items, {
    schema: {},
    flags: {},
    fields: inputFields(kind),
  });
  const isLooser = NARROWING[kind.name]?.includes(name) === true || (field !== undefined && holdsCap(field));
  return isLooser ? { weight: "looser" } : {};
}

/** The same of an object with these fields. */
export function weightOfObject(kind: Kind, fields: readonly string[]): { readonly weight?: Weight } {
  if (GIVING.includes(kind.name)) return { weight: "tighter" };
  return fields.some((field) => weightOfField(kind, field).weight === "looser") ? { weight: "looser" } : {};
}

function holdsCap(field: Field): boolean {
  if (field.flags.cap !== undefined || (field.items && holdsCap(field.items))) return true;
  return Object.values(field.fields ?? {}).some(holdsCap);
}
