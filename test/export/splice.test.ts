import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { withEntry, withoutEntry, withValue } from "../../provider/export/splice.js";

const FILE = `# The head.
name: acme   # ours
members:
  # The one who started it.
  ada@acme.example: owner   # since 2019

projects:
    checkout:
        name: "Checkout"      # odd indentation stays
        members: { kim@acme.example: admin,   lin@acme.example: 'viewer' }   # two

        keys:
            ci: { hourlyUsd: 2, labels: [a,b] } # short
            text:
                description: |
                    one
                    two
    empty:
`;

describe("a change to the text of a stack file", () => {
  test("adds an entry below its siblings and leaves every other byte", () => {
    expect(withEntry(FILE, ["members", "bea@acme.example"], "admin")).toBe(
      FILE.replace("# since 2019\n", "# since 2019\n  bea@acme.example: admin\n"),
    );
  });

  test("adds in the indentation of its siblings, after a text of several lines too", () => {
    expect(withEntry(FILE, ["projects", "checkout", "keys", "new"], { hourlyUsd: 1 })).toBe(
      FILE.replace("                    two\n", "                    two\n            new: { hourlyUsd: 1 }\n"),
    );
  });

  test("adds to a mapping on one line", () => {
    expect(withEntry(FILE, ["projects", "checkout", "members", "bea@acme.example"], { role: "viewer" })).toBe(
      FILE.replace("'viewer' }", "'viewer', bea@acme.example: { role: viewer } }"),
    );
  });

  test("makes the mappings that lead to a new entry", () => {
    expect(withEntry(FILE, ["projects", "checkout", "routing", "tiers", "simple"], "small")).toBe(
      FILE.replace("                    two\n", "                    two\n        routing: { tiers: { simple: small } }\n"),
    );
  });

  test("gives a mapping on one line more lines when it gets too long, and keeps what its author wrote", () => {
    const text = "projects:\n  a: { name: 'A', labels: [x,  y] }   # ours\n  b: {}\n";
    const keys = { one: { description: "d".repeat(80), hourlyUsd: 2 }, two: { description: "e".repeat(60) } };
    expect(withEntry(text, ["projects", "a", "keys"], keys)).toBe(
      `projects:\n  a:   # ours\n    name: 'A'\n    labels: [x, y]\n    keys:\n      one: { description: ${"d".repeat(80)}, hourlyUsd: 2 }\n      two: { description: ${"e".repeat(60)} }\n  b: {}\n`,
    );
  });

  test("gives a key without a value one", () => {
    expect(withEntry(FILE, ["projects", "empty", "name"], "Empty")).toBe(FILE.replace("    empty:\n", "    empty: { name: Empty }\n"));
  });

  test("adds the members of a single object to the mapping that leads further down", () => {
    const text = "routing:\n  tiers: { simple: small }\n";
    expect(withEntry(text, ["routing"], { strategy: "fallback" })).toBe(`${text}  strategy: fallback\n`);
  });

  test("adds to a file without a line end at its end", () => {
    expect(withEntry("name: acme\nroles:\n  a: { permissions: [x] }", ["roles", "b"], { permissions: ["y"] })).toBe(
      "name: acme\nroles:\n  a: { permissions: [x] }\n  b: { permissions: [y] }\n",
    );
  });

  test("puts one value in the place of another, and keeps the comment after it", () => {
    expect(withValue(FILE, ["members", "ada@acme.example"], "admin")).toBe(FILE.replace("owner   # since", "admin   # since"));
    expect(withValue(FILE, ["projects", "checkout", "keys", "ci", "labels"], ["c"])).toBe(FILE.replace("[a,b]", "[c]"));
    expect(withValue("a:\n  list:\n    - x\n    - y\n  b: 1\n", ["a", "list"], ["z"])).toBe("a:\n  list:\n    [z]\n  b: 1\n");
  });

  test("puts a short text in the place of one of several lines, and the other way round", () => {
    const short = withValue(FILE, ["projects", "checkout", "keys", "text", "description"], "short") ?? "";
    expect(short).toBe(FILE.replace("|\n                    one\n                    two\n", "short\n"));
    expect(parse(withValue(short, ["projects", "checkout", "keys", "text", "description"], "one\ntwo\n") ?? "")).toEqual(parse(FILE));
  });

  test("takes a value away, with its line or its comma", () => {
    expect(withoutEntry(FILE, ["projects", "checkout", "keys", "ci", "hourlyUsd"])).toBe(FILE.replace("hourlyUsd: 2, ", ""));
    expect(withoutEntry(FILE, ["projects", "checkout", "keys", "ci", "labels"])).toBe(FILE.replace(", labels: [a,b]", ""));
    expect(withoutEntry(FILE, ["projects", "checkout", "name"])).toBe(FILE.replace(/ {8}name: .*\n/, ""));
    expect(withoutEntry("keys:\n  a:\n    hourlyUsd: 1\n", ["keys", "a", "hourlyUsd"])).toBe("keys:\n  a:\n    {}\n");
  });

  test("touches nothing that an alias or an anchor shares", () => {
    const text = "a: &one { x: 1 }\nb: *one\n";
    expect(withEntry(text, ["b", "y"], 2)).toBeUndefined();
    expect(withValue(text, ["b"], 2)).toBeUndefined();
    expect(withValue(text, ["a"], 2)).toBeUndefined();
    expect(withoutEntry(text, ["a"])).toBeUndefined();
  });

  test.each(["- x", "a: b", "#c", "*d", "&e", "!f", "'", '"', "true", "1", "", " g ", "{", "🚀", "two\nlines"])(
    "writes %j as the text that it is",
    (odd) => {
      const start = "keys:\n  a: { consumer: x }\n";
      const added = withEntry(start, ["keys", `b${odd}`], { consumer: odd, labels: [odd] }) ?? "";
      expect(parse(added)).toEqual({ keys: { a: { consumer: "x" }, [`b${odd}`]: { consumer: odd, labels: [odd] } } });
      expect(parse(withValue(added, ["keys", "a", "consumer"], odd) ?? "").keys.a).toEqual({ consumer: odd });
      expect(parse(withEntry(added, ["keys", "a", "description"], odd) ?? "").keys.a).toEqual({ consumer: "x", description: odd });
    },
  );
});
