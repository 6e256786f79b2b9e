import { describe, expect, it } from "vitest";
import { guardrailsLoosened } from "../../provider/gates/gates/guardrails-loosened.js";
import { judgeGates } from "../../provider/gates/index.js";
import { UNKNOWN } from "../../schema/unknown.js";
import { found, gateCases } from "./support/gate-cases.js";
import { created, deleted, factsOf, kept, TODAY, updated } from "./support/plan.js";

type Values = Readonly<Record<string, unknown>>;

const G = "Governance";
const inUse = kept("Project", "projects/a", { name: "A" });
const change = (before: Values, after: Values) => ({ steps: [updated(G, "governance", before, after), inUse] });
const settings = (of: Values) => ({ settings: of });
const EXCEPTION = { rule: "keys-expire", object: "keys/a", reason: "replaced in January", until: "2026-12-31" };

gateCases(guardrailsLoosened, {
  closes: change({ preset: "strict" }, { preset: "audit-only" }),
  object: "governance",
  what: "the preset goes from strict to audit-only",
  passes: {
    "a stricter preset": change({ preset: "audit-only" }, { preset: "strict" }),
    "the default preset, written out": change({}, { preset: "recommended" }),
    "a higher level": change(settings({ "keys-expire": "advisory" }), settings({ "keys-expire": "mandatory" })),
    "a level of its own that is none lower": change({}, settings({ "keys-expire": "mandatory" })),
    "what the preset says anyway": change({ preset: "audit-only" }, settings({ "keys-expire": "advisory" })),
    "the end of a level below the preset's": change(settings({ "keys-expire": "disabled" }), { settings: undefined }),
    "a layout where none was chosen": change({}, { layout: "perTeam" }),
    "an exception, which is dated and reported": change({}, { exceptions: [EXCEPTION] }),
    "rules of the house that stay": { steps: [kept(G, "governance", { preset: "audit-only" }), inUse] },
    "the end of rules that were milder than the default": { steps: [deleted(G, "governance", { preset: "audit-only" }), inUse] },
    "the first rules of a stack that holds nothing yet": {
      steps: [created(G, "governance", { preset: "audit-only" }), created("Project", "projects/a", { name: "A" })],
    },
    "a destroy": { steps: [deleted(G, "governance", { preset: "strict" }), inUse], operation: "destroy" },
  },
  unknown: change({}, { preset: UNKNOWN }),
});

describe("the gate on the guardrails stops", () => {
  const days = (maxDays: unknown) => settings({ "exceptions-are-in-force": { maxDays } });
  it.each([
    ["a preset that is given up", { preset: "strict" }, { preset: undefined }, "the preset goes from strict to recommended"],
    [
      "a lowered level",
      settings({ "keys-expire": "mandatory" }),
      settings({ "keys-expire": "disabled" }),
      "keys-expire goes from mandatory to disabled",
    ],
    [
      "a level below the preset's",
      {},
      settings({ "keys-expire": { enforcementLevel: "disabled" } }),
      "keys-expire goes from the level of the preset to disabled",
    ],
    [
      "a level that is given up",
      settings({ "keys-expire": "mandatory" }),
      settings({}),
      "keys-expire goes from mandatory to the level of the preset",
    ],
    ["a level that nobody knows", {}, settings({ "keys-expire": UNKNOWN }), "keys-expire goes from the level of the preset to disabled"],
    ["settings that nobody knows", {}, { settings: UNKNOWN }, "only the apply knows the settings of the guardrails"],
    ["longer exceptions", days(90), days(9999), "maxDays of exceptions-are-in-force goes from 90 to 9999"],
    ["a setting of its own", {}, days(9999), "maxDays of exceptions-are-in-force goes from its default to 9999"],
    ["a setting that is given up", days(30), settings({}), "maxDays of exceptions-are-in-force goes from 30 to its default"],
    ["another layout", { layout: "perTeam" }, { layout: "perClient" }, "the layout perTeam becomes perClient"],
    ["no layout", { layout: "perTeam" }, { layout: undefined }, "the layout perTeam is no longer chosen"],
  ])("%s", (_, before, after, what) => {
    expect(found(guardrailsLoosened, change(before, after))).toEqual([{ object: "governance", what }]);
  });

  it("rules that are removed, and milder ones where there were none", () => {
    expect(found(guardrailsLoosened, { steps: [deleted(G, "governance", { preset: "strict", layout: "perTeam" }), inUse] })).toEqual([
      { object: "governance", what: "the preset goes from strict to recommended; the layout perTeam is no longer chosen" },
    ]);
    expect(found(guardrailsLoosened, { steps: [created(G, "governance", { preset: "audit-only" }), inUse] })).toHaveLength(1);
  });
});

it("is opened by an approval that was recorded where there were no rules of the house before", () => {
  const milder = { preset: "audit-only" };
  const [closed] = judgeGates(factsOf([created(G, "governance", milder), inUse])).closed;
  const word = { by: "cto@acme.example", reason: "agreed with the team", until: TODAY };
  const approvals = [{ gate: closed?.gate, object: closed?.object, change: closed?.change, ...word }];
  expect(judgeGates(factsOf([updated(G, "governance", { approvals }, milder), inUse])).closed).toEqual([]);
  expect(judgeGates(factsOf([updated(G, "governance", { approvals }, { ...milder, approvals: undefined }), inUse])).closed).toEqual([]);
});
