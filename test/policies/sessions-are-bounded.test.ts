import { expect, it } from "vitest";
import { sessionsAreBounded } from "../../provider/policies/rules/sessions-are-bounded.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

ruleCases(sessionsAreBounded, {
  passes: "security: { sessionMinutes: 720, idleMinutes: 60 }",
  fails: "security: { sessionMinutes: 721, idleMinutes: 60 }",
  message:
    "SecurityPolicy security (sessionMinutes) lets a session last 721 minutes; at most 720 are meant. A session that goes on for days is a key to the whole organization on every machine that was ever signed in. Write `sessionMinutes: 720`.",
  unknown: ["security#sessionMinutes"],
});

const judged = (text: string) => told(sessionsAreBounded, viewOf(text));

it("sessions-are-bounded tells every bound that is passed, and is tighter in a strict house", () => {
  expect(judged("security: { sessionMinutes: 10080, idleMinutes: 61 }")).toHaveLength(2);
  expect(judged("security: { sessionMinutes: 480, idleMinutes: 30 }\ngovernance: { preset: strict }")).toEqual([]);
  expect(judged("security: { sessionMinutes: 481, idleMinutes: 31 }\ngovernance: { preset: strict }")).toHaveLength(2);
});

it("sessions-are-bounded mends what is too long, and nothing else", () => {
  const fixed = sessionsAreBounded.fix?.(
    { sessionMinutes: 10080, idleMinutes: 20, ipAllowList: ["203.0.113.0/24"] },
    { maxMinutes: 720, maxIdleMinutes: 60 },
  );
  expect(fixed).toEqual({ sessionMinutes: 720, idleMinutes: 20, ipAllowList: ["203.0.113.0/24"] });
  expect(sessionsAreBounded.fix?.({}, { maxMinutes: 720, maxIdleMinutes: 60 })).toEqual({});
});
