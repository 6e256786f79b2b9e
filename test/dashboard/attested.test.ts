import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EXIT, WaitingForPerson } from "../../provider/errors.js";
import { create, read, remove, update } from "../../provider/lifecycle/lifecycle.js";
import { personStep } from "../../provider/lifecycle/person-step.js";
import { Session } from "../../provider/lifecycle/session.js";
import { KINDS } from "../../schema/kinds/index.js";

const SETTINGS = { name: "main", system: "floopy", transport: "dashboard" } as const;
const UUID = "0d2f6f0a-8a3b-4b8e-9a53-6f0d6c8a1b2c";

/** A session whose person has confirmed these, in order. */
function sessionWith(confirmations: readonly object[], environment: Record<string, string> = {}): Session {
  const file = join(mkdtempSync(join(tmpdir(), "confirmed-")), "confirmations.json");
  writeFileSync(file, JSON.stringify(confirmations));
  return new Session(SETTINGS, { GATEHOUSE_CONFIRMATIONS: file, ...environment });
}

function stepFor(kindName: keyof typeof KINDS, change: Parameters<typeof personStep>[2]) {
  const session = sessionWith([]);
  const step = personStep(session, session.kind(KINDS[kindName]), change);
  if (step === undefined) throw new Error("no step");
  return step;
}

const by = { by: "ada", at: "2026-08-24T12:00:00Z" };
const PROJECT = { name: "Checkout", slug: "checkout" };

describe("an object behind a dashboard", () => {
  it("is not created while nobody confirmed it: the error is the step in words", async () => {
    const session = sessionWith([]);
    const failed = await create(session, session.kind(KINDS.Project), PROJECT).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(WaitingForPerson);
    expect(failed).toMatchObject({ code: "waiting", exitCode: EXIT.waiting });
    expect((failed as Error).message).toContain("page:   Projects > New Project (https://floopy.ai/docs/features/projects/)");
    expect((failed as Error).message).toContain("Name: Checkout");
  });

  it("is recorded with the id and the name of whoever confirmed it, and read as attested", async () => {
    const step = stepFor("Project", { operation: "create", inputs: PROJECT });
    const session = sessionWith([{ step: step.id, digest: step.digest, id: UUID, ...by }]);
    const kind = session.kind(KINDS.Project);
    const { id, outputs } = await create(session, kind, PROJECT);
    expect(id).toBe(UUID);
    expect(outputs).toMatchObject({ ...PROJECT, projectId: UUID, adopted: false, attestation: { ...by, digest: step.digest } });
    expect(await read(session, kind, id, outputs)).toMatchObject({ id, inputs: PROJECT, outputs });
  });

  it.each([
    ["a digest of another version", { digest: "0".repeat(32), id: UUID }, /another version of the step/],
    ["no id", {}, /id is missing/],
    ["an id of the wrong form", { id: "checkout" }, /must be a UUID/],
  ])("is refused with %s", async (_what, parts, message) => {
    const step = stepFor("Project", { operation: "create", inputs: PROJECT });
    const session = sessionWith([{ step: step.id, digest: step.digest, ...by, ...parts }]);
    await expect(create(session, session.kind(KINDS.Project), PROJECT)).rejects.toThrow(message);
  });

  it("is refused with the id of another object, and with two ids", async () => {
    const [one, two] = [PROJECT, { name: "Search", slug: "search" }].map((inputs) => stepFor("Project", { operation: "create", inputs }));
    const said = [one, two].map((step) => ({ step: step?.id, digest: step?.digest, id: UUID, ...by }));
    const session = sessionWith(said);
    const kind = session.kind(KINDS.Project);
    await expect(create(session, kind, PROJECT)).rejects.toThrow(/is that of main:create:Project:search too/);
    const torn = sessionWith([said[0] ?? {}, { ...said[0], id: "7c9e6679-7425-40de-944b-e07fc1f90ae7" }]);
    await expect(create(torn, kind, PROJECT)).rejects.toThrow(/confirmed with different ids/);
  });

  it("keeps a secret that was handed over to this run, and knows that it has none otherwise", async () => {
    const inputs = { name: "checkout-prod" };
    const step = stepFor("ApiKey", { operation: "create", inputs });
    const said = [{ step: step.id, digest: step.digest, id: UUID, ...by }];
    const handed = sessionWith(said, { [`GATEHOUSE_STEP_SECRET_${step.digest.toUpperCase()}`]: "fl_secret" });
    const kind = handed.kind(KINDS.ApiKey);
    expect((await create(handed, kind, inputs)).outputs).toMatchObject({ token: "fl_secret", external: false, status: "active" });
    const { outputs } = await create(sessionWith(said), kind, inputs);
    expect(outputs).toMatchObject({ external: true });
    expect(outputs).not.toHaveProperty("token");
  });

  it("is updated and deleted as confirmed, and needs nobody for what only the state knows or what is released", async () => {
    const kind = sessionWith([]).kind(KINDS.Project);
    const olds = { ...PROJECT, projectId: UUID, adopted: false, attestation: { ...by, digest: "d1" } };
    const news = { ...PROJECT, name: "Checkout AI" };
    const change = stepFor("Project", { operation: "update", objectId: UUID, olds, news });
    expect(change.fields).toEqual([{ label: "Name", before: "Checkout", after: "Checkout AI" }]);
    const updated = await update(sessionWith([{ step: change.id, digest: change.digest, ...by }]), kind, UUID, olds, news);
    expect(updated.outputs).toMatchObject({ name: "Checkout AI", attestation: { digest: change.digest } });
    await expect(update(sessionWith([]), kind, UUID, olds, news)).rejects.toThrow(WaitingForPerson);
    await update(sessionWith([]), kind, UUID, olds, { ...PROJECT, launch: { workload: "chat" } });

    const end = stepFor("Project", { operation: "delete", objectId: UUID, olds });
    await expect(remove(sessionWith([]), kind, UUID, olds)).rejects.toThrow(WaitingForPerson);
    await remove(sessionWith([{ step: end.id, digest: end.digest, ...by }]), kind, UUID, olds);
    await remove(sessionWith([]), kind, UUID, { ...olds, adopted: true });
  });

  it("needs a confirmation each time that a value goes back and forth", async () => {
    const kind = sessionWith([]).kind(KINDS.Project);
    const [one, other] = [PROJECT, { ...PROJECT, name: "Checkout AI" }];
    let olds: Record<string, unknown> = { ...one, attestation: { ...by, digest: "d1" } };
    const said: object[] = [];
    for (const news of [other, one, other]) {
      await expect(update(sessionWith(said), kind, UUID, olds, news)).rejects.toThrow(WaitingForPerson);
      const step = stepFor("Project", { operation: "update", objectId: UUID, olds, news });
      said.push({ step: step.id, digest: step.digest, ...by });
      olds = { ...(await update(sessionWith(said), kind, UUID, olds, news)).outputs };
    }
    expect(olds).toMatchObject(other);
  });

  it("needs a new confirmation when it was made, deleted, and is to be made again", async () => {
    const made = stepFor("Project", { operation: "create", inputs: PROJECT });
    const olds = { ...PROJECT, attestation: { ...by, digest: made.digest } };
    const gone = stepFor("Project", { operation: "delete", objectId: UUID, olds });
    const said = [made, gone].map(({ id, digest }) => ({ step: id, digest, id: UUID, ...by }));
    const session = sessionWith(said);
    await expect(create(session, session.kind(KINDS.Project), PROJECT)).rejects.toThrow(WaitingForPerson);
  });

  it("is told where a secret is found, and refused one by value", async () => {
    const inputs = { name: "openai", provider: "openai", value: { env: "GATEHOUSE_OPENAI", version: 2 } };
    const step = stepFor("ProviderCredential", { operation: "create", inputs });
    expect(step.fields).toContainEqual({ label: "Value", after: "from env GATEHOUSE_OPENAI (version 2)" });
    const session = sessionWith([]);
    const byValue = create(session, session.kind(KINDS.ProviderCredential), { ...inputs, value: "sk-real" });
    await expect(byValue).rejects.toThrow(/holds a secret by value/);
    await expect(byValue).rejects.not.toThrow(/sk-real/);
  });
});
