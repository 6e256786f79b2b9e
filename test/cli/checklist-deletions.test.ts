import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { Desk } from "./checklist-desk.js";

const NAMES = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];

/** So many projects that the end of two of them is no mass deletion. */
function projects(names: readonly string[]): string {
  const entries = names.map((name) => `  ${name}: { name: Project ${name}, launch: { owner: ada@acme.example } }`);
  return `name: acme\ncontrolPlane: { system: floopy, transport: dashboard }\nprojects:\n${entries.join("\n")}\n`;
}

test("a deletion that is confirmed is recorded while another one waits", { timeout: 240_000 }, async () => {
  const desk = new Desk(projects(NAMES));
  const made = await desk.confirm(await desk.confirmations(Object.fromEntries(NAMES.map((name) => [`projects/${name}`, randomUUID()]))));
  expect(made, made.stderr + made.stdout).toMatchObject({ exitCode: 0, stdout: "acme/dev: 10 created.\n" });

  desk.declare(projects(NAMES.slice(2)));
  const one = await desk.confirm(await desk.confirmations({ "projects/a": undefined }));
  expect(one, one.stderr + one.stdout).toMatchObject({ exitCode: 4, stdout: expect.stringContaining("acme/dev: 1 deleted.") });
  expect((await desk.checklist()).steps).toMatchObject([{ id: "main:delete:Project:b" }]);
});
