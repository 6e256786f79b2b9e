import { Parser } from "commonmark";
import { expect, it } from "vitest";
import { commentBody, markerOf, type PreviewFailure, parsePreview } from "../../provider/comment/index.js";
import { knownSecrets } from "../../provider/http/known-secrets.js";

const MARKER = markerOf("acme", "dev");

function bodyOf(failures: readonly PreviewFailure[], secrets: readonly string[] = [], maxCharacters = 65_536): string {
  return commentBody(MARKER, { failed: { project: "acme", stack: "dev", failures } }, { maxCharacters, secrets });
}

it("A failed preview says what failed at which object, a line of its own each, and that nothing is known", () => {
  const failures = [
    { name: "projects/checkout", message: "the slug is taken [gatehouse:already-exists]\n  Choose another one." },
    { message: "the engine ended early" },
  ];
  expect(bodyOf(failures)).toBe(
    [
      "<!-- gatehouse:acme/dev -->",
      "## ❌ Preview failed: `acme/dev`",
      "",
      "Nothing is known of what this change would do. Do not merge it before a preview has succeeded.",
      "",
      "- `projects/checkout`: the slug is taken `[gatehouse:already-exists]`<br>Choose another one.",
      "- the engine ended early",
      "",
    ].join("\n"),
  );
});

it.each([
  "see @acme/admins",
  "[here](https://evil.example)",
  "<img src=x onerror=alert(1)>",
  "</details><h1>Safe</h1>",
  "fixes #12 and GH-12",
  "```\n# Safe\n```",
  "-->\n## ✅ Safe",
  "/approve\n/merge",
  "x\u202Eevil",
])("A message cannot make anything of a comment: %j", (message) => {
  const body = bodyOf([{ name: message, message }]);
  const walker = new Parser().parse(body).walker();
  const seen: string[] = [];
  for (let event = walker.next(); event; event = walker.next()) {
    const { type, literal } = event.node;
    if (event.entering && type === "heading") seen.push("heading");
    if (event.entering && ["link", "image", "html_block"].includes(type)) seen.push(type);
    if (type === "html_inline" && literal !== "<br>") seen.push(`html ${literal}`);
    // What a platform links by itself stands in code, and nowhere else.
    if (type === "text") expect(literal).not.toMatch(/@|#\d|GH-\d|https?:|\u202E/);
  }
  expect(seen).toEqual(["html_block", "heading"]);
  expect(body.split("\n").filter((line) => /^\s*\/\w/.test(line))).toEqual([]);
});

it("A message is cleared of the secrets of the environment, wherever they stand, and of bearer tokens", () => {
  const secrets = knownSecrets({
    GATEHOUSE_TOKEN: "gk-the-token",
    GATEHOUSE_OPENAI_KEY: "sk-openai",
    GATEHOUSE_URL: "http://127.0.0.1:8787",
    PULUMI_CONFIG_PASSPHRASE: "correct horse",
    GITHUB_TOKEN: "ghs-token",
    HOME: "somewhere",
  });
  const message = "sent gk-the-token, sk-openai, correct horse, ghs-token, Bearer other to http://127.0.0.1:8787 from somewhere";
  const body = bodyOf([{ message }], secrets);
  for (const secret of ["gk-the-token", "sk-openai", "correct", "ghs-token", "other"]) expect(body).not.toContain(secret);
  expect(body).toContain("http://127.0.0.1:8787");
  expect(body).toContain("somewhere");
});

it("Failures without end are cut to what the platform takes, and counted", () => {
  const failures = Array.from({ length: 500 }, (_, index) => ({ name: `object-${index}`, message: `${"why ".repeat(400)}\n`.repeat(40) }));
  const body = bodyOf(failures);
  expect(body.length).toBeLessThanOrEqual(65_536);
  expect(body).toContain("`object-0`");
  expect(body).toMatch(/Left out, since the comment would be too long: \d{3} failures/);
  expect(body).toContain("… and 20 more lines");
});

it("A failure document holds texts or objects, and everything that is wrong with one is told", () => {
  const document = { project: "acme", stack: "dev", exitCode: 2, failures: ["one", { name: "two", message: "why", more: true }] };
  expect(parsePreview(JSON.stringify(document))).toEqual({
    failed: { project: "acme", stack: "dev", failures: [{ message: "one" }, { name: "two", message: "why", more: true }] },
  });
  expect(parsePreview("{")).toEqual({ problems: ["it is not JSON"] });
  expect(parsePreview('{"failures":[]}')).toEqual({
    problems: [
      "the document must have required property 'project'",
      "the document must have required property 'stack'",
      "/failures must NOT have fewer than 1 items",
    ],
  });
  expect(parsePreview('{"version":1}')).toEqual({ problems: expect.arrayContaining(["/version must be equal to constant"]) });
  expect(parsePreview("null")).toEqual({ problems: ["the document must be object"] });
});
