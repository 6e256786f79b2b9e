import { expect, it } from "vitest";
import { archivedProjectsAreEmpty } from "../../provider/policies/rules/archived-projects-are-empty.js";
import { StackView } from "../../provider/policies/stack-view.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

const stack = (more: string) => `projects: { pilot: { name: Pilot, status: archived, ${more} } }`;
const KEY = "keys: { pilot-dev: { environment: development } }";

ruleCases(archivedProjectsAreEmpty, {
  passes: `projects: { pilot: { name: Pilot, status: archived }, checkout: { name: Checkout, ${KEY} } }`,
  fails: stack(KEY),
  message:
    "Project projects/pilot (status) is archived and still has 1 object in use: pilot-dev. A key of an archived project belongs to a service that fails the moment the archive refuses it. Move the services to keys of another project, remove these, and archive the project last.",
  unknown: ["projects/pilot#status"],
});

const judged = (text: string, system?: string, unknown?: readonly string[]) =>
  told(archivedProjectsAreEmpty, viewOf(text, system, unknown));

it("archived-projects-are-empty names keys, tiers and keys that fall back to the project", () => {
  const text = `projects:
  pilot:
    name: Pilot
    status: archived
    models: { small: { provider: openai, identifier: gpt-5-mini } }
    routing: { tiers: { simple: small } }
    ${KEY}
keys: { trial: { environment: development, defaultProject: pilot } }`;
  expect(judged(text)[0]).toContain("still has 3 objects in use: trial, pilot-dev, simple.");
});

it("archived-projects-are-empty does not mind a key that has ended", () => {
  const until = (day: string) => stack(`keys: { pilot-dev: { environment: development, expiresAt: ${day} } }`);
  expect(judged(until("2026-11-21"))).toEqual([]);
  expect(judged(until("2026-11-22"))).toHaveLength(1);
  expect(judged(until("2026-11-20"), "gatehouse", ["projects/pilot/keys/pilot-dev#expiresAt"])).toEqual([]);
  const revoked = viewOf(stack(KEY)).objects.map((object) => ({
    ...object,
    outputs: object.kind === "ApiKey" ? { status: "revoked" } : {},
  }));
  expect(told(archivedProjectsAreEmpty, new StackView(revoked))).toEqual([]);
});
