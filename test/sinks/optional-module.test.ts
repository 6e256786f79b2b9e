import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SINK_TYPES } from "../../provider/sinks/index.js";
import { optionalModule } from "../../provider/sinks/optional-module.js";

const MANIFEST = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")) as {
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, { optional?: boolean }>;
};
const PACKAGES = SINK_TYPES.flatMap(({ module = "" }) => module.split(" ").filter(Boolean));

describe("the package of a sink", () => {
  it("is asked for by its name and the command that installs it", async () => {
    const absent = "a-package-that-is-not-there";
    const loading = optionalModule(absent, () => import(absent));
    await expect(loading).rejects.toThrow(
      /needs the package a-package-that-is-not-there, which is not installed \[gatehouse:invalid-input\]/,
    );
    await expect(loading).rejects.toThrow("Run npm install a-package-that-is-not-there where pulumi-gatehouse is installed");
  });

  it("is not called missing when it is there and broken", async () => {
    const broken = optionalModule("broken", () => Promise.reject(new TypeError("needs a newer Node")));
    await expect(broken).rejects.toThrow("cannot load the package broken (needs a newer Node)");
  });

  it.each(PACKAGES)("comes with Gatehouse for nobody who does not ask for it: %s", (name) => {
    expect(MANIFEST.dependencies).not.toHaveProperty([name]);
    expect(MANIFEST.peerDependencies).toHaveProperty([name]);
    expect(MANIFEST.peerDependenciesMeta[name]).toEqual({ optional: true });
  });
});
