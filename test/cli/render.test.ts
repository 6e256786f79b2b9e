import { describe, expect, it } from "vitest";
import { gatesText } from "../../provider/cli/gated.js";
import { agedText, changesText, driftText, failuresText, findingsText, outcomeDocument } from "../../provider/cli/render.js";
import type { ObjectChange } from "../../provider/plan/changes.js";
import { violationsText } from "../../provider/report/violations-text.js";
import { unmanagedObject } from "../report/support/unmanaged.js";

const SHAPED = `sk-${"a1B2".repeat(8)}`;
const HOSTILE = `x\u001b[2J\n::error ${SHAPED}`;
/** The same as it is shown: on one line, and without the secret. */
const SHOWN = "x\\u{1b}[2J ::error [secret]";

function changed(operation: ObjectChange["operation"], before: unknown, after: unknown, kind = "Project"): ObjectChange {
  const properties = [{ property: kind === "Project" ? "description" : "value", before, after, cause: "declaration" }] as const;
  return { operation, kind, name: "projects/checkout", urn: "urn:pulumi:dev::acme::t::projects/checkout", why: "it changed", properties };
}

describe("the text below a report", () => {
  it("shows values of others on their line, without what looks like a secret", () => {
    expect(changesText([changed("update", HOSTILE, `${SHAPED}2`)]).split("\n")).toEqual([
      "~ update Project projects/checkout: it changed",
      "    description: [secret] → [secret]",
    ]);
    expect(changesText([changed("update", "x\u001b[2J\n::error", null)]).split("\n")).toEqual([
      "~ update Project projects/checkout: it changed",
      "    description: x\\u{1b}[2J ::error → (none)",
    ]);
    expect(changesText([changed("create", undefined, "shop")])).toMatch(/^\+ .*\n {4}description: shop$/);
    expect(changesText([changed("delete", "shop", undefined)])).not.toContain("shop");
  });

  it("hides what a field is known to keep secret, in --json as well", () => {
    const change = changed("update", "swordfish", "trout", "ProviderCredential");
    expect(changesText([change])).toMatch(/value: \[secret\] → \[secret\]$/);
    const outcome = { changes: [change], refreshed: [], steps: [], findings: [], failures: [], warnings: [], policyEvents: [] };
    const document = outcomeDocument("preview", "dev", { ...outcome, exitCode: 0, durationSeconds: 1 });
    expect(document.changes).toEqual([
      { ...change, properties: [{ property: "value", before: "[secret]", after: "[secret]", cause: "declaration" }] },
    ]);
  });

  it("lets nobody who may name an object at the control plane write into a log", () => {
    const properties = [{ property: "name", before: "a", after: "b\u001b[2J\n::error", cause: "server" }] as const;
    const drifted = [{ state: "changed", kind: "Project", name: HOSTILE, properties }] as const;
    const line = `${HOSTILE}: { adopt: require }`;
    const unmanaged = unmanagedObject({ kind: "Project", id: "p1", key: HOSTILE, adopt: { file: "a.yaml", under: "projects", line } });
    expect(driftText(drifted, [unmanaged]).split("\n")).toEqual([
      `~ Project ${SHOWN} was changed at the control plane`,
      "    name: applied a, now b\\u{1b}[2J ::error",
      `? Project ${SHOWN} (p1) exists and is not declared`,
      "    critical: It is a production key that works",
      `    adopt: ${SHOWN}: { adopt: require } # under projects in a.yaml`,
      "    ignore: - { match: legacy-prod, reason: why } # under projects.checkout.keys.$ignore in checkout.yaml",
      "    remove: Adopt it first.",
    ]);
  });

  it("keeps findings, guardrails, gates and attestations to a line each", () => {
    const one = { kind: "ApiKey", name: "keys/a", message: HOSTILE };
    expect(findingsText([{ ...one, property: "status", value: "revoked" }])).toEqual([`! ApiKey keys/a ${SHOWN}`]);
    expect(violationsText([{ ...one, rule: "key-has-an-environment", level: "mandatory" }])).toEqual([
      `✗ ${SHOWN} [key-has-an-environment, stops this run]`,
    ]);
    const closed = { gate: "cap-raised", object: "keys/a", change: "0123456789abcdef", what: `${HOSTILE} rises`, advice: "Ask." };
    expect(gatesText({ closed: [closed], opened: [] })).toEqual([`✗ keys/a: ${SHOWN} rises. Ask. [gate cap-raised, stops this run]`]);
    expect(agedText([{ kind: "Project", name: "a", by: HOSTILE, at: "2026-01-01", days: 100 }])).toEqual([
      `? Project a was last confirmed by ${SHOWN} on 2026-01-01, 100 days ago: look at it again`,
    ]);
  });

  it("lets a failure have several lines, of which only the first begins at the margin", () => {
    expect(
      failuresText([{ name: "projects/a", message: `is taken [gatehouse:already-exists]\n  Choose another.\n::error ${SHAPED}` }]),
    ).toEqual(["error: projects/a: is taken [gatehouse:already-exists]\n  Choose another.\n  ::error [secret]"]);
  });
});
