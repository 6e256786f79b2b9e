import { expect, it } from "vitest";
import { projectWithActiveKeys } from "../../provider/gates/gates/project-with-active-keys.js";
import { UNKNOWN } from "../../schema/unknown.js";
import { found, gateCases } from "./support/gate-cases.js";
import { deleted, kept, listed, released, replaced, updated } from "./support/plan.js";

const P = "projects/checkout";
const project = { name: "Checkout", slug: "checkout" };
const key = (status: string) => listed("ApiKey", status, { name: status, project: P, environment: "staging", status });

gateCases(projectWithActiveKeys, {
  closes: { steps: [deleted("Project", P, project)], live: [key("active"), key("paused"), key("revoked")] },
  object: P,
  what: "the project ends with 2 active keys in it; with it go ApiKey ×2 (staging)",
  passes: {
    "a project whose keys give no access": { steps: [deleted("Project", P, project)], live: [key("revoked"), key("disabled")] },
    "a project without keys": { steps: [deleted("Project", P, project)] },
    "a project that only leaves the stack": { steps: [released("Project", P, project)], live: [key("active")] },
    "a change of the project": { steps: [updated("Project", P, project, { name: "C" })], live: [key("active")] },
    "a destroy with the stack's own keys": {
      steps: [deleted("Project", P, project), deleted("ApiKey", "keys/own", { name: "own", project: P })],
      operation: "destroy",
    },
  },
});

it("stops a replacement, and counts the stack's own keys", () => {
  const steps = [replaced("Project", P, project, { slug: "shop" }), deleted("ApiKey", "keys/own", { name: "own", project: P })];
  expect(found(projectWithActiveKeys, { steps })).toMatchObject([{ what: expect.stringContaining("1 active key in it") }]);
});

it("counts keys of others on destroy", () => {
  const plan = { steps: [deleted("Project", P, project)], live: [key("active")], operation: "destroy" as const };
  expect(found(projectWithActiveKeys, plan)).toHaveLength(1);
});

it("stops that a project is archived with keys that stay in it, declared or not", () => {
  const archive = (status: unknown) => updated("Project", P, project, { status });
  const own = { name: "own", project: P };
  expect(
    found(projectWithActiveKeys, { steps: [archive("archived"), kept("ApiKey", "keys/own", own)], live: [key("active"), key("revoked")] }),
  ).toEqual([{ object: P, what: "the project is archived with 2 active keys in it, which would be refused: own, active" }]);
  expect(found(projectWithActiveKeys, { steps: [archive(UNKNOWN)], live: [key("active")] })).toMatchObject([
    { what: expect.stringContaining("may be archived") },
  ]);
  expect(found(projectWithActiveKeys, { steps: [archive("archived"), deleted("ApiKey", "keys/own", own)] })).toEqual([]);
  expect(found(projectWithActiveKeys, { steps: [archive("active")], live: [key("active")] })).toEqual([]);
  const again = updated("Project", P, { ...project, status: "archived" }, { name: "Old" });
  expect(found(projectWithActiveKeys, { steps: [again], live: [key("active")] })).toEqual([]);
});
