import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PATH } from "../../provider/sinks/place-rules.js";
import { filled, fillProblems, template } from "../../provider/sinks/template.js";
import { placeOf } from "./conformance.js";

const isTemplate = (text: string): boolean => new RegExp(String(template(PATH).schema.pattern)).test(text);

describe("a template of paths", () => {
  it.each(["token", "ai/{project}/{key}", "{project}/key-{key}.txt", "{controlPlane}/{project}/x {key}", "a..b/{key}"])(
    "may be %j",
    (text) => {
      expect(isTemplate(text)).toBe(true);
    },
  );

  it.each([
    "",
    "/{key}",
    "{key}/",
    "a//{key}",
    "../{key}",
    "a/./{key}",
    "{project}{key}",
    "{project}-{key}",
    "{kay}",
    "{key",
    "a\n{key}",
    "a\\{key}",
    "~$",
  ])("may not be %j", (text) => {
    expect(isTemplate(text)).toBe(false);
  });

  it("gives two keys two places, and none outside its own", () => {
    const text = "keys/{project}/x-{key}";
    const name = fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom("a", "b", "x-", ".", "-", "/", "\\") });
    const place = fc.tuple(name, name).filter(([project, key]) => fillProblems(text, PATH, placeOf(project, key)).length === 0);
    fc.assert(
      fc.property(place, place, (one, other) => {
        const [first, second] = [one, other].map(([project, key]) => filled(text, PATH, placeOf(project, key)));
        expect(first === second).toBe(one.join("\n") === other.join("\n"));
        expect(first).toMatch(/^keys\/(?!\.\.?\/)[^/]+\/x-[^/]+$/);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a template of a place that is short", () => {
  it("says how long the place of a key is, and how long it may be", () => {
    const short = { ...PATH, maxLength: 12 };
    expect(fillProblems("ai/{key}", short, placeOf("checkout", "checkout1"))).toEqual([]);
    expect(fillProblems("ai/{key}", short, placeOf("checkout", "checkout12"))).toEqual([
      "`ai/checkout12` has 13 characters, and 12 are the most there",
    ]);
  });
});
