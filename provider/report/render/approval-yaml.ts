import type { Reason } from "../report.js";

type Approval = NonNullable<Reason["approval"]>;

/**
 * The entries of an approval under `governance.approvals`, in YAML that is right in a flow mapping and in a block one. The `…` are for
 * the person who approves to fill in; left as they are, they are no valid approval.
 */
export function approvalEntries({ gate, object, change }: Approval): readonly string[] {
  return [`gate: ${quoted(gate)}`, `object: ${quoted(object)}`, `change: ${quoted(change)}`, "by: …", "reason: …", "until: …"];
}

/** Ready to paste, one entry a line. */
export function approvalYaml(approval: Approval): string {
  return approvalEntries(approval)
    .map((entry, index) => `${index === 0 ? "- " : "  "}${entry}`)
    .join("\n");
}

/** The approvals that reasons ask for, each once. */
export function approvalsOf(reasons: readonly Reason[]): readonly Approval[] {
  const found = reasons.flatMap(({ approval }) => (approval === undefined ? [] : [approval]));
  return [...new Map(found.map((approval) => [approvalYaml(approval), approval])).values()];
}

/** JSON's strings are YAML's, but for what YAML lets nobody see. */
function quoted(text: string): string {
  const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
  return JSON.stringify(text).replaceAll(invisible, (c) => `\\U${(c.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`);
}
