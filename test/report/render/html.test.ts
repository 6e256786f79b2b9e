import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reportHtml } from "../../../provider/report/render/html.js";
import { hostileText } from "./hostile-text.js";
import { ESCALATION, reportSaying } from "./reports.js";

/** Tags in order, without what is text: our own templates quote every attribute and put text in escaped. */
const tagsOf = (page: string) => page.match(/<[^>]*>/g) ?? [];
const shapeOf = (page: string) => tagsOf(page).map((tag) => tag.replaceAll(/="[^"]*"/g, '=""'));

describe("the report as HTML", () => {
  it("has the same elements whatever the stack file says", () => {
    const expected = shapeOf(reportHtml(reportSaying("word")));
    fc.assert(
      fc.property(hostileText, (text) => {
        fc.pre(text.trim() !== "");
        expect(shapeOf(reportHtml(reportSaying(text)))).toEqual(expected);
      }),
    );
  });

  it("names no address and runs nothing", () => {
    const page = reportHtml(ESCALATION);
    expect(page).not.toMatch(/https?:|<script|<img|<iframe|@import|url\(| on\w+=/i);
    expect(page).toContain("default-src &#39;none&#39;");
  });
});
