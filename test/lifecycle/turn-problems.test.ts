import { expect, test } from "vitest";
import { check } from "../../provider/lifecycle/check.js";
import { Session } from "../../provider/lifecycle/session.js";
import { KINDS } from "../../schema/kinds/index.js";
import { UNKNOWN } from "../../schema/unknown.js";

const ARCHIVED = { name: "Pilot", status: "archived" };

const problems = (system: string, transport: "api" | "dashboard" | "rehearsal", former: object, given: object) => {
  const session = new Session({ name: "main", system, url: "http://127.0.0.1:1", transport, allowAssumed: true }, {});
  const kind = session.kind(KINDS.Project);
  return check(kind, { ...given }, session, { ...former }).problems.map(({ property, reason }) => `${property}: ${reason}`);
};

test.each([
  ["gatehouse", "api"],
  ["olyx", "rehearsal"],
  ["qodex", "dashboard"],
] as const)("on %s over %s an archived project stays as it is until something else is written", (system, transport) => {
  expect(problems(system, transport, ARCHIVED, { name: "Pilot" })).toEqual([
    "status: is archived and no longer written, which says neither that it stays nor that it ends: write `status: archived`, or what it becomes",
  ]);
  expect(problems(system, transport, ARCHIVED, { ...ARCHIVED, name: "Old" })).toEqual([]);
  expect(problems(system, transport, { name: "Pilot", status: "active" }, { name: "Pilot" })).toEqual([]);
  expect(problems(system, transport, { name: "Pilot" }, { name: "Pilot" })).toEqual([]);
});

test("where no way out of the archive is documented, it is refused before anything is sent", () => {
  const back = { ...ARCHIVED, status: "active" };
  expect(problems("gatehouse", "api", ARCHIVED, back)).toEqual([]);
  for (const transport of ["api", "rehearsal"] as const) {
    expect(problems("olyx", transport, ARCHIVED, back)).toEqual([
      "status: cannot change: Olyx documents no way back from archived to active: write `status: archived`, and declare a project of another name for what begins anew",
    ]);
    expect(problems("qodex", transport, ARCHIVED, back)).toEqual([
      expect.stringMatching(/^status: cannot change: Qodex documents no way back from archived to active: .* of another slug/),
    ]);
  }
  expect(problems("olyx", "api", back, ARCHIVED)).toEqual([]);
  expect(problems("olyx", "api", ARCHIVED, { ...back, status: UNKNOWN })).toEqual([]);
});

test("at a dashboard a person may find a way that nobody wrote down", () => {
  expect(problems("olyx", "dashboard", ARCHIVED, { ...ARCHIVED, status: "active" })).toEqual([]);
});
