import { FIELDS as anyint } from "./anyint.js";
import { FIELDS as floopy } from "./floopy.js";
import { FIELDS as olyx } from "./olyx.js";
import { FIELDS as qodex } from "./qodex.js";

type FieldsByKind = Readonly<Record<string, readonly string[]>>;

/**
 * Control plane products, the embedded one first, each with the fields by kind that its control plane has; `everything` where they
 * are not told here. Adding one: its file, a line here and a line in `provider/adapters/index.ts`.
 */
const OFFERS = { gatehouse: "everything", olyx, floopy, routerly: "everything", qodex, anyint } as const satisfies Readonly<
  Record<string, FieldsByKind | "everything">
>;

export type System = keyof typeof OFFERS;

export const SYSTEMS = Object.keys(OFFERS) as readonly System[];

/** False for a kind that the system lacks altogether, so that nothing can be declared of it and its objects are named freely. */
export function isOffered(system: string | undefined, kind: string): boolean {
  const offered: FieldsByKind | string | undefined = SYSTEMS.includes(system as System) ? OFFERS[system as System] : undefined;
  return typeof offered !== "object" || Object.hasOwn(offered, kind);
}
