import type { UnmanagedObject } from "../../../provider/report/unmanaged-object.js";

/** A production key that nobody declared. */
export function unmanagedObject(more: Partial<UnmanagedObject> = {}): UnmanagedObject {
  return {
    controlPlane: "main",
    kind: "ApiKey",
    id: "k1",
    key: "legacy-prod",
    owner: "projects.checkout",
    severity: "critical",
    why: "It is a production key that works.",
    adopt: { file: "checkout.yaml", under: "projects.checkout.keys", line: "legacy-prod: { adopt: require }" },
    ignore: { file: "checkout.yaml", under: "projects.checkout.keys.$ignore", line: "- { match: legacy-prod, reason: why }" },
    remove: { note: "Adopt it first." },
    ...more,
  };
}
