import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Remote } from "../../provider/adapters/adapter.js";
import { formatObjectId } from "../../provider/lifecycle/object-id.js";
import type { UnmanagedObject } from "../../provider/report/unmanaged-object.js";
import { loadStack } from "../../provider/stackfile/index.js";
import type { ListedObject, PlaneQuestion, UnmanagedQuestion } from "../../provider/unmanaged/question.js";
import { unmanagedObjects } from "../../provider/unmanaged/unmanaged-objects.js";
import { KINDS, type KindName } from "../../schema/kinds/index.js";

export const TODAY = "2026-11-21";

/** An object as the control plane lists it. */
export function listed(kind: KindName, id: string, values: Remote["values"], more: Partial<Remote> = {}): ListedObject {
  const remote = { id, owner: undefined, builtIn: false, values, ...more };
  return { kind: KINDS[kind], remote, id: formatObjectId(KINDS[kind], remote) };
}

/** The project that the stacks of these tests declare, and the state holds. */
export const CHECKOUT = listed("Project", "prj_1", { name: "Checkout AI", slug: "checkout" });

const HELD = { kind: "Project", name: "projects/checkout", ids: ["prj_1"] };

export const HEAD = `name: acme\ncontrolPlane: { system: gatehouse, url: "http://127.0.0.1:8787" }\n`;
export const STACK = `${HEAD}projects:\n  checkout: { name: Checkout AI }\n`;

/** A stack folder of one file, read. */
export function stackOf(text: string): NonNullable<UnmanagedQuestion["stack"]> {
  const file = join(mkdtempSync(join(tmpdir(), "unmanaged-")), "gatehouse.yaml");
  writeFileSync(file, text);
  return loadStack(file);
}

export interface Asked extends Partial<PlaneQuestion> {
  /** Text of the stack file; null for a program. */
  readonly stack?: string | null;
}

/** What is listed of these objects beside the one declared project. */
export function unmanagedAmong(objects: readonly ListedObject[], { stack = STACK, ...plane }: Asked = {}): readonly UnmanagedObject[] {
  const asked = {
    name: "main",
    system: "gatehouse",
    objects: [CHECKOUT, ...objects],
    declared: [],
    removed: [],
    ...plane,
    held: [HELD, ...(plane.held ?? [])],
  };
  return unmanagedObjects({ planes: [asked], stack: stack === null ? undefined : stackOf(stack), today: TODAY });
}

export const key = (name: string, values: Remote["values"] = {}, more: Partial<Remote> = {}) =>
  listed("ApiKey", `id-of-${name}`, { name, keyId: `id-of-${name}`, status: "active", ...values }, more);
