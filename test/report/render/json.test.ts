import Ajv from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { reportJson } from "../../../provider/report/render/json.js";
import { REPORT_SCHEMA } from "../../../provider/report/report-schema.js";
import { ESCALATION, NAMED, NOTHING, reportSaying } from "./reports.js";

const validate = new Ajv.default({ allErrors: true }).compile(REPORT_SCHEMA);
const errorsOf = (document: unknown) => (validate(document) ? [] : validate.errors);

describe("the report as JSON", () => {
  it.each(Object.entries({ ...NAMED, EVERYTHING: reportSaying("text") }))("of %s is what the published schema says", (_, report) => {
    expect(errorsOf(JSON.parse(reportJson(report)))).toEqual([]);
  });

  it("holds all of the report", () => {
    expect(JSON.parse(reportJson(ESCALATION))).toEqual(JSON.parse(JSON.stringify(ESCALATION)));
  });

  it.each([
    ["an unknown verdict", { ...NOTHING, verdict: "fine" }],
    ["a missing part", { ...NOTHING, lines: undefined }],
    ["an unknown part", { ...NOTHING, extra: 1 }],
    ["another version", { ...NOTHING, version: 3 }],
    ["a line of an unknown severity", { ...NOTHING, lines: [{ ...ESCALATION.lines[0], severity: "awful" }] }],
  ])("is not valid with %s", (_, document) => {
    expect(errorsOf(JSON.parse(JSON.stringify(document)))).not.toEqual([]);
  });

  it("has its schema as a file", async () => {
    await expect(`${JSON.stringify(REPORT_SCHEMA, null, 2)}\n`).toMatchFileSnapshot("../../../provider/report/report.schema.json");
  });
});
