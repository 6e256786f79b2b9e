import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { read } from "../../provider/lifecycle/lifecycle.js";
import { personStep } from "../../provider/lifecycle/person-step.js";
import { Session } from "../../provider/lifecycle/session.js";
import { KINDS } from "../../schema/kinds/index.js";

const UUID = "0d2f6f0a-8a3b-4b8e-9a53-6f0d6c8a1b2c";
const OLDS = {
  name: "Checkout",
  slug: "checkout",
  projectId: UUID,
  attestation: { by: "ada", at: "2026-01-01T12:00:00Z", digest: "d1", fingerprint: "abc" },
};

type Olds = Readonly<Record<string, unknown>>;

function sessionWith(confirmations: readonly object[]): Session {
  const file = join(mkdtempSync(join(tmpdir(), "confirmed-")), "confirmations.json");
  writeFileSync(file, JSON.stringify(confirmations));
  return new Session({ name: "main", system: "floopy", transport: "dashboard" }, { GATEHOUSE_CONFIRMATIONS: file });
}

/** A second look at the object, by somebody at some time. */
function look(olds: Olds, by: string, at: string) {
  const session = sessionWith([]);
  const step = personStep(session, session.kind(KINDS.Project), { operation: "review", objectId: UUID, olds });
  if (step === undefined) throw new Error("nothing to look at");
  return { step: step.id, digest: step.digest, id: UUID, by, at };
}

async function attestedAfter(confirmations: readonly object[], olds: Olds = OLDS): Promise<Olds> {
  const session = sessionWith(confirmations);
  const found = await read(session, session.kind(KINDS.Project), UUID, olds);
  expect(found?.inputs, "a look changes nothing that is declared").toEqual({ name: olds.name, slug: "checkout" });
  return found?.outputs.attestation as Olds;
}

describe("what a person attested", () => {
  it("is attested anew by a read when somebody looked again, and stays so at the next read", async () => {
    const again = look(OLDS, "bea", "2026-06-01T12:00:00Z");
    const renewed = { by: "bea", at: "2026-06-01T12:00:00Z", digest: again.digest, fingerprint: "abc" };
    expect(await attestedAfter([again])).toEqual(renewed);
    expect(await attestedAfter([again], { ...OLDS, attestation: renewed })).toEqual(renewed);
  });

  it("is as of the last of several looks, one after the other", async () => {
    const first = look(OLDS, "bea", "2026-06-01T12:00:00Z");
    const between = { ...OLDS, attestation: { ...OLDS.attestation, digest: first.digest } };
    const second = look(between, "kim", "2026-09-01T12:00:00Z");
    expect(second.digest).not.toBe(first.digest);
    expect(await attestedAfter([first, second])).toMatchObject({ by: "kim", at: "2026-09-01T12:00:00Z" });
  });

  it("stays as it was after a look that is older, or at something else than what is recorded", async () => {
    expect(await attestedAfter([look(OLDS, "bea", "2025-12-31T12:00:00Z")])).toEqual(OLDS.attestation);
    expect(await attestedAfter([look({ ...OLDS, name: "Search" }, "bea", "2026-06-01T12:00:00Z")])).toEqual(OLDS.attestation);
  });

  it("is looked at as a whole, in the dashboard's words", () => {
    const session = sessionWith([]);
    const step = personStep(session, session.kind(KINDS.Project), { operation: "review", objectId: UUID, olds: OLDS });
    expect(step?.fields).toEqual([
      { label: "Name", after: "Checkout" },
      { label: "Slug", after: "checkout" },
    ]);
    expect(step).toMatchObject({ id: "main:review:Project:checkout", needsId: false, reveals: false });
  });
});
