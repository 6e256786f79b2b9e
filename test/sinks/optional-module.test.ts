import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SINK_TYPES } from "../../provider/sinks/index.js";
import { moduleProblem, optionalModule } from "../../provider/sinks/optional-module.js";

const ABSENT = "a-package-that-is-not-there";

const MANIFEST = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")) as {
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, { optional?: boolean }>;
};
const PACKAGES = SINK_TYPES.flatMap(({ modules = [] }) => modules);

describe("the package of a sink", () => {
  it("is missed before it is needed, with the command that installs it", () => {
    expect(moduleProblem([ABSENT, "yaml", `${ABSENT}-either`])).toBe(
      `needs what is not installed: run npm install ${ABSENT} ${ABSENT}-either where pulumi-gatehouse is installed`,
    );
  });

  it("is not missed where it is there", () => {
    expect(moduleProblem(PACKAGES)).toBeUndefined();
  });

  it("is told as it is when it cannot be loaded", async () => {
    const loading = optionalModule(ABSENT, () => import(ABSENT));
    await expect(loading).rejects.toThrow(/cannot load the package a-package-that-is-not-there \(.*\) \[gatehouse:invalid-input\]/);
  });

  it.each(PACKAGES)("comes with Gatehouse for nobody who does not ask for it: %s", (name) => {
    expect(MANIFEST.dependencies).not.toHaveProperty([name]);
    expect(MANIFEST.peerDependencies).toHaveProperty([name]);
    expect(MANIFEST.peerDependenciesMeta[name]).toEqual({ optional: true });
  });
});
