import fc from "fast-check";
import { expect, it } from "vitest";
import { markerOf } from "../../provider/comment/index.js";

it("The marker of a stack names its project and stack", () => {
  expect(markerOf("acme", "dev")).toBe("<!-- gatehouse:acme/dev -->");
  expect(markerOf("acme", "org/acme/prod")).toBe("<!-- gatehouse:acme/org%2Facme%2Fprod -->");
  expect(markerOf("a--b", "-->x")).toBe("<!-- gatehouse:a-%2Db/-%2D%3Ex -->");
});

it("No name ends the marker early, and none adds a line", () => {
  const name = fc.string({ unit: "binary" });
  const dashes = fc.stringMatching(/^[->!< \n]{1,8}$/);
  fc.assert(
    fc.property(fc.oneof(name, dashes), fc.oneof(name, dashes), (project, stack) => {
      const inside = markerOf(project, stack).slice("<!--".length, -" -->".length);
      expect(inside).not.toMatch(/--|>|\s[^g]|\n/);
    }),
  );
});

it("No two stacks share a marker, and none begins like another's", () => {
  const name = fc.stringMatching(/^[a-z/%-]{0,4}$/);
  fc.assert(
    fc.property(name, name, name, name, (project, stack, otherProject, otherStack) => {
      fc.pre(project !== otherProject || stack !== otherStack);
      expect(markerOf(otherProject, otherStack).startsWith(markerOf(project, stack))).toBe(false);
    }),
    { numRuns: 2000 },
  );
});
