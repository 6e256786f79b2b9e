import { describe, expect, it } from "vitest";
import { SINK_TYPES } from "../../provider/sinks/index.js";
import { moduleProblem, optionalModule } from "../../provider/sinks/optional-module.js";

const ABSENT = "a-package-that-is-not-there";

describe("the package of a sink", () => {
  it("is missed before it is needed, with the command that installs it", () => {
    expect(moduleProblem(ABSENT)).toBe(
      `needs the package ${ABSENT}, which is not installed: run npm install ${ABSENT} where pulumi-gatehouse is installed`,
    );
  });

  it("is not missed where it is there", () => {
    expect(SINK_TYPES.flatMap(({ module }) => (module === undefined ? [] : [moduleProblem(module)])).filter(Boolean)).toEqual([]);
  });

  it("is told as it is when it cannot be loaded", async () => {
    const loading = optionalModule(ABSENT, () => import(ABSENT));
    await expect(loading).rejects.toThrow(/cannot load the package a-package-that-is-not-there \(.*\) \[gatehouse:invalid-input\]/);
  });
});
