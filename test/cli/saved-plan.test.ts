import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { comparePlans } from "../../provider/cli/compare-plans.js";
import { inputsDigest } from "../../provider/cli/plan-digests.js";
import { readSavedPlan, type SavedChange, type SavedPlan, savedPlanOfStack, writeSavedPlan } from "../../provider/cli/saved-plan.js";

/** The engine's mark on an encrypted value. */
const MARK = "4dabf18193072939515e22adb298388d";

function changeOf(name: string, more: Partial<SavedChange> = {}): SavedChange {
  const urn = `urn:pulumi:dev::acme::pulumi-nodejs:dynamic/gatehouse:Project::${name}`;
  return { urn, name, operation: "update", inputsDigest: inputsDigest({ name }), ...more };
}

/** Whatever the order of the changes. */
const changeSetDigest = (changes: readonly SavedChange[]) =>
  inputsDigest(changes.map(({ urn, operation, inputsDigest: digest }) => JSON.stringify([urn, operation, digest])).toSorted());

function planOf(changes: readonly SavedChange[], more: Partial<SavedPlan> = {}): SavedPlan {
  return {
    version: 1,
    project: "acme",
    stack: "dev",
    stateDigest: "0123456789abcdef",
    changeSetDigest: changeSetDigest(changes),
    changes,
    verdict: "review",
    ...more,
  };
}

const fileIn = (folder = mkdtempSync(join(tmpdir(), "plan-"))): string => join(folder, "plan.json");

describe("a saved plan", () => {
  it("is read as it was written, by its owner alone, and nothing else is left behind", () => {
    const file = fileIn();
    const plan = planOf([changeOf("projects/checkout")], { commit: "0a1b2c3" });
    writeSavedPlan(file, plan);
    expect(readSavedPlan(file)).toEqual(plan);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(file, ".."))).toEqual(["plan.json"]);
  });

  it("replaces an earlier one as a whole, and its mode", () => {
    const file = fileIn();
    writeFileSync(file, "x".repeat(100_000), { mode: 0o644 });
    writeSavedPlan(file, planOf([]));
    expect(readSavedPlan(file)).toEqual(planOf([]));
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("that cannot be written is invalid input, and leaves nothing behind", () => {
    const folder = mkdtempSync(join(tmpdir(), "plan-"));
    expect(() => writeSavedPlan(join(folder, "none", "plan.json"), planOf([]))).toThrow("cannot be written (ENOENT)");
    expect(() => writeSavedPlan(folder, planOf([]))).toThrow(/cannot be written \(E(ISDIR|EXIST|NOTEMPTY)\)/);
    expect(readdirSync(folder)).toEqual([]);
    expect(readdirSync(join(folder, "..")).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it.each([
    ["no JSON", "{", ["it is not JSON"]],
    ["no object", "[]", ["the document must be object"]],
    ["of another version", { ...planOf([]), version: 2 }, ["/version must be equal to constant (1)"]],
    [
      "incomplete and overfull",
      { ...planOf([]), stateDigest: undefined, inputs: { token: 1 } },
      ["the document must have required property 'stateDigest'", "must NOT have additional properties (inputs)"],
    ],
    [
      "wrong in its changes",
      { ...planOf([]), changes: [{ urn: "", name: "x", operation: "destroy", inputsDigest: "plain text" }] },
      ["/changes/0/urn must NOT have fewer", "/changes/0/operation must be equal to one of", "/changes/0/inputsDigest must match"],
    ],
  ])("that is %s is refused with everything that is wrong", (_, content, reasons) => {
    const file = fileIn();
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    for (const reason of reasons) expect(() => readSavedPlan(file)).toThrow(reason);
    expect(() => readSavedPlan(file)).toThrow("Preview again with --save-plan");
  });

  it("that is not there is invalid input", () => {
    expect(() => readSavedPlan(fileIn())).toThrow("cannot be read (ENOENT)");
  });

  it("of another stack is invalid input", () => {
    const file = fileIn();
    writeSavedPlan(file, planOf([]));
    expect(savedPlanOfStack(file, "acme", "dev")).toEqual(planOf([]));
    expect(() => savedPlanOfStack(file, "acme", "prod")).toThrow("is the plan of acme/dev, and this is acme/prod");
  });

  it("holds no value of the inputs", () => {
    const file = fileIn();
    writeSavedPlan(file, planOf([changeOf("members/ada", { inputsDigest: inputsDigest({ initialPassword: "correct horse" }) })]));
    expect(readFileSync(file, "utf8")).not.toContain("correct horse");
  });
});

describe("the digest of inputs", () => {
  it("is the same in any order of keys, and another one for any other value", () => {
    expect(inputsDigest({ a: 1, b: { c: [1, 2], d: null } })).toBe(inputsDigest({ b: { d: null, c: [1, 2] }, a: 1 }));
    const json = fc.anything({
      key: fc.constantFrom("a", "b", "1"),
      values: [fc.constantFrom(0, 1, "0", "a", null)],
      maxDepth: 2,
      maxKeys: 2,
    });
    fc.assert(
      fc.property(json, json, (one, other) => {
        expect(inputsDigest(one) === inputsDigest(other)).toBe(isDeepStrictEqual(one, other));
      }),
      { numRuns: 3000 },
    );
  });

  it("tells a list from an object and a text from a number", () => {
    const digests = [[], {}, [[]], [{}], ["a", 1], { a: 1 }, [["a", 1]], "1", 1, null, "null"].map(inputsDigest);
    expect(new Set(digests).size).toBe(digests.length);
  });

  it("does not know secrets, which a digest could betray", () => {
    const secret = (ciphertext: string) => ({ name: "ada", password: { [MARK]: "1b47061264138c4ac30d75fd1eb44270", ciphertext } });
    expect(inputsDigest(secret("v1:one"))).toBe(inputsDigest(secret("v1:two")));
    expect(inputsDigest(secret("v1:one"))).toBe(inputsDigest({ name: "ada", password: "[secret]" }));
  });
});

describe("the comparison of plans", () => {
  const a = changeOf("projects/a");
  const b = changeOf("projects/b", { operation: "delete" });

  it.each<[string, SavedPlan, readonly string[]]>([
    ["nothing", planOf([b, a], { commit: "another", verdict: "safe" }), []],
    ["a change that nobody reviewed", planOf([a, b, changeOf("projects/c")]), ["projects/c: update is planned now, and was not reviewed"]],
    ["a change that is gone", planOf([a]), ["projects/b: delete was reviewed, and is not planned any more"]],
    ["another operation", planOf([{ ...a, operation: "replace" }, b]), ["projects/a: update was reviewed, and replace is planned now"]],
    [
      "other inputs",
      planOf([{ ...a, inputsDigest: inputsDigest("other") }, b]),
      ["projects/a: update is planned as reviewed, with other inputs"],
    ],
    [
      "another state",
      planOf([a, b], { stateDigest: "fedcba9876543210" }),
      ["the state is another one: something was applied, refreshed or confirmed since"],
    ],
    ["another stack", planOf([a, b], { stack: "prod" }), ["the plan is of acme/dev, and this is acme/prod"]],
    [
      "another digest of the whole alone",
      planOf([a, b], { changeSetDigest: "fedcba9876543210" }),
      ["the change set is another one, though every object's change looks the same"],
    ],
    [
      "several things, each by itself",
      planOf([{ ...b, operation: "release" }], { stateDigest: "fedcba9876543210" }),
      [
        "the state is another one: something was applied, refreshed or confirmed since",
        "projects/a: update was reviewed, and is not planned any more",
        "projects/b: delete was reviewed, and release is planned now",
      ],
    ],
  ])("tells %s", (_, now, moved) => {
    expect(comparePlans(planOf([a, b]), now)).toEqual(moved);
  });

  it("does not lose one of two changes of the same object", () => {
    const halves = [changeOf("projects/a", { operation: "delete" }), changeOf("projects/a", { operation: "create" })];
    expect(comparePlans(planOf(halves), planOf(halves.toReversed()))).toEqual([]);
    expect(comparePlans(planOf(halves), planOf(halves.slice(1)))).toEqual([
      "projects/a: create and delete was reviewed, and create is planned now",
    ]);
  });

  it("shows no control character of a name", () => {
    expect(comparePlans(planOf([]), planOf([changeOf("x\u001b[2J")]))).toEqual([expect.stringMatching(/^x\\u\{1b\}\[2J: /)]);
  });

  const change = fc.record({
    urn: fc.constantFrom("urn:a", "urn:b", "urn:c", "urn:d"),
    name: fc.constantFrom("a", "b"),
    operation: fc.constantFrom("create", "adopt", "update", "replace", "delete", "release"),
    inputsDigest: fc.constantFrom("0000000000000000", "1111111111111111"),
  } as const);
  const set = fc.uniqueArray(change, { selector: ({ urn }) => urn });

  it("calls equal sets equal, in any order", () => {
    const shuffled = set.chain((changes) =>
      fc.tuple(fc.constant(changes), fc.shuffledSubarray(changes, { minLength: changes.length, maxLength: changes.length })),
    );
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect(comparePlans(planOf(one), planOf(other))).toEqual([]);
      }),
    );
  });

  it("tells every object that moved, and no other", () => {
    const key = ({ urn, operation, inputsDigest: digest }: SavedChange) => `${urn} ${operation} ${digest}`;
    fc.assert(
      fc.property(set, set, (one, other) => {
        const keys = [new Set(one.map(key)), new Set(other.map(key))];
        const moved = [...one, ...other].filter((entry) => keys.some((known) => !known.has(key(entry))));
        expect(comparePlans(planOf(one), planOf(other))).toHaveLength(new Set(moved.map(({ urn }) => urn)).size);
      }),
      { numRuns: 1000 },
    );
  });
});
