/** A rotation with overlap where a person is the way to the control plane: two steps, and a way back. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { WaitingForPerson } from "../../provider/errors.js";
import { create, update } from "../../provider/lifecycle/lifecycle.js";
import { type Change, personStep } from "../../provider/lifecycle/person-step.js";
import { Session } from "../../provider/lifecycle/session.js";
import type { Values } from "../../provider/lifecycle/values.js";
import { KINDS } from "../../schema/kinds/index.js";

const FIRST = "0d2f6f0a-8a3b-4b8e-9a53-6f0d6c8a1b2c";
const SECOND = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const DECLARED = { name: "checkout-prod", overlap: "24h" };
const RAISED = { ...DECLARED, rotate: 1 };
const BY = { by: "ada", at: "2026-08-24T12:00:00Z" };

/** A session of a person who has confirmed these steps, each with an id where it brings one. */
function sessionWith(...confirmed: readonly (readonly [Change, string?])[]): Session {
  const steps = confirmed.map(([change, id]) => {
    const step = stepOf(change);
    return { step: step.id, digest: step.digest, ...(id === undefined ? {} : { id }), ...BY };
  });
  const file = join(mkdtempSync(join(tmpdir(), "confirmed-")), "confirmations.json");
  writeFileSync(file, JSON.stringify(steps));
  return new Session({ name: "main", system: "floopy", transport: "dashboard" }, { GATEHOUSE_CONFIRMATIONS: file });
}

function stepOf(change: Change) {
  const session = new Session({ name: "main", system: "floopy", transport: "dashboard" }, {});
  const step = personStep(session, session.kind(KINDS.ApiKey), change);
  if (step === undefined) throw new Error("no step");
  return step;
}

const key = (session: Session) => session.kind(KINDS.ApiKey);
const change = (olds: Values, news: Values): Change => ({ operation: "update", objectId: FIRST, olds, news });

async function made(): Promise<Values> {
  const session = sessionWith([{ operation: "create", inputs: DECLARED }, FIRST]);
  return (await create(session, key(session), DECLARED)).outputs;
}

async function rotated(): Promise<Values> {
  const olds = await made();
  const session = sessionWith([change(olds, RAISED), SECOND]);
  const { id, outputs } = await update(session, key(session), FIRST, olds, RAISED);
  expect(id).toBe(FIRST);
  return outputs;
}

test("a rotation waits until a person has made the second key, whose step says that the first one stays", async () => {
  const olds = await made();
  const session = sessionWith();
  await expect(update(session, key(session), FIRST, olds, RAISED)).rejects.toThrow(WaitingForPerson);
  const step = stepOf(change(olds, RAISED));
  expect(step).toMatchObject({ operation: "create", needsId: true, reveals: true });
  expect(step.before.join(" ")).toContain(`(id ${FIRST}) is there and goes on`);
  expect(await rotated()).toMatchObject({ keyId: SECOND, retiring: { keyId: FIRST } });
});

test("once overlap is over, a person is asked to delete the first key, and only that", async () => {
  const olds = await rotated();
  const { overlap: _over, ...rest } = RAISED;
  const step = stepOf(change(olds, rest));
  expect(step).toMatchObject({ operation: "delete", objectId: FIRST });
  expect(step.before.join(" ")).toContain(`(id ${SECOND}) is not touched`);
  const session = sessionWith([change(olds, rest)]);
  const { outputs } = await update(session, key(session), FIRST, olds, rest);
  expect(outputs).toMatchObject({ keyId: SECOND });
  expect(outputs).not.toHaveProperty("retiring");
});

test("going back to the former number asks a person to delete the second key, and the first one is in use again", async () => {
  const olds = await rotated();
  expect(stepOf(change(olds, DECLARED))).toMatchObject({ operation: "delete", objectId: SECOND });
  const session = sessionWith([change(olds, DECLARED)]);
  const { outputs } = await update(session, key(session), FIRST, olds, DECLARED);
  expect(outputs).toMatchObject({ keyId: FIRST });
  expect(outputs).not.toHaveProperty("retiring");
});

test("whoever deletes a key while its former one still works is told to delete both", async () => {
  const olds = await rotated();
  const step = stepOf({ operation: "delete", objectId: FIRST, olds });
  expect(step).toMatchObject({ operation: "delete", objectId: SECOND });
  expect(step.before.join(" ")).toContain(`(id ${FIRST}) is deleted with it`);
});
