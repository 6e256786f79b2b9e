import fc from "fast-check";
import { expect, it } from "vitest";
import { inertText } from "../../provider/cli/inert-text.js";

it.each([
  ["::error file=a::it", "\\u003a:error file=a::it"],
  ["  ::add-mask::x", "  \\u003a:add-mask::x"],
  ["fine\n\t::stop-commands::x", "fine\n\t\\u003a:stop-commands::x"],
  ["projects/##[add-mask]a", "projects/\\u0023#[add-mask]a"],
  ["###[group]a", "#\\u0023#[group]a"],
  ["##vso[task.setvariable variable=a]b", "\\u0023#vso[task.setvariable variable=a]b"],
  ["##teamcity[buildStop]", "\\u0023#teamcity[buildStop]"],
])("A runner of CI jobs is given no command by %j", (text, inert) => {
  expect(inertText(text)).toBe(inert);
});

it.each(["a::b, Module::of", "## Heading", "## ⛔ [link]", "gatehouse.yaml:3:1: is missing", "1 → 2\n  next line\tcell"])(
  "What is no command stays as it is: %j",
  (text) => {
    expect(inertText(text)).toBe(text);
  },
);

it("No text moves the cursor, begins a line of its own or stays invisible, and our colours stay", () => {
  expect(inertText("a\u001b[2J\u001b]0;title\u0007b\rc\u009b1Ad\u202ee")).toBe(
    "a\\u001b[2J\\u001b]0;title\\u0007b\\u000dc\\u009b1Ad\\u202ee",
  );
  expect(inertText("\u001b[1m\u001b[31mBLOCKED\u001b[39m\u001b[22m")).toBe("\u001b[1m\u001b[31mBLOCKED\u001b[39m\u001b[22m");
});

it("A JSON document means what it meant, and gives no command either", () => {
  const part = fc.constantFrom("::", "##[", "##vso[", "\n", "\u001b[", "\u009b", "\u{E0041}", "x");
  fc.assert(
    fc.property(fc.array(fc.oneof(part, fc.string({ unit: "binary" }))), (parts) => {
      const document = { [parts.join("")]: parts };
      const text = inertText(JSON.stringify(document, null, 2));
      expect(JSON.parse(text)).toEqual(document);
      expect(text).not.toMatch(/^\s*::|##\w*\[|(?!\n)\p{Cc}/mu);
    }),
  );
});
