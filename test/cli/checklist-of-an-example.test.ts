/** examples/floopy as Floopy is: without an API, by a person at its dashboard who confirms from a file. */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Desk, type Step } from "./checklist-desk.js";

const EXAMPLE = readFileSync(new URL("../../examples/floopy/gatehouse.yaml", import.meta.url), "utf8");
const BY_HAND = EXAMPLE.replace(/ {2}transport: rehearsal\n(?: {2}\S.*\n)+/, "  transport: dashboard\n");

test("examples/floopy is done by hand, round by round, and a changed field is one step", { timeout: 300_000 }, async () => {
  const desk = new Desk(BY_HAND);
  expect((await desk.run("preview")).stdout).toContain("to create");
  const checklist = await desk.run("checklist", ["--format", "markdown"]);
  expect(checklist.stdout).toContain("Page: [Projects > New Project](https://floopy.ai/docs/features/projects/)");

  const rounds: number[] = [];
  for (let { steps } = await desk.checklist(); steps.length > 0; { steps } = await desk.checklist()) {
    rounds.push(steps.length);
    const confirmed = await desk.confirm(steps.map(confirmation));
    expect([0, 4], confirmed.stderr + confirmed.stdout).toContain(confirmed.exitCode);
  }
  // What a project holds can be done when the project has its id, and a key with a rule when the rule has.
  expect(rounds.length).toBeGreaterThan(1);
  expect((await desk.run("preview", ["--expect-no-changes"])).exitCode).toBe(0);

  desk.declare(BY_HAND.replace("Answers questions at the checkout.", "Answers all questions."));
  expect((await desk.checklist()).steps).toMatchObject([
    { object: "projects/checkout", fields: [{ label: "Description", after: "Answers all questions." }] },
  ]);
});

function confirmation({ id: step, digest, needsId }: Step): object {
  return { step, digest, ...(needsId && { id: randomUUID() }), by: "ada@acme.example", at: "2026-08-24T12:00:00Z" };
}
