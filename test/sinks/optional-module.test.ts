import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { InvalidInput } from "../../provider/errors.js";
import { SINK_TYPES } from "../../provider/sinks/index.js";
import { optionalModule } from "../../provider/sinks/optional-module.js";

const MANIFEST = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")) as {
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, { optional?: boolean }>;
};

describe("the SDK of a sink", () => {
  it("is loaded where it is installed", async () => {
    expect(await optionalModule("yaml", () => import("yaml"))).toHaveProperty("parse");
  });

  it("is missed with the command that installs it", async () => {
    const name: string = "@vendor/an-sdk-that-nobody-installed";
    const loading = optionalModule(name, () => import(name));
    await expect(loading).rejects.toBeInstanceOf(InvalidInput);
    await expect(loading).rejects.toThrow(
      /needs the package @vendor\/an-sdk-.* which is not installed.*\n.*Run npm install @vendor\/an-sdk-/,
    );
  });

  it.each(
    SINK_TYPES.flatMap(({ type, module }) =>
      (module ?? "")
        .split(" ")
        .filter(Boolean)
        .map((name) => ({ type, name })),
    ),
  )("$name of $type comes with Gatehouse for nobody who does not ask for it", ({ name }) => {
    expect(MANIFEST.dependencies).not.toHaveProperty([name]);
    expect(MANIFEST.peerDependencies).toHaveProperty([name]);
    expect(MANIFEST.peerDependenciesMeta[name]).toEqual({ optional: true });
  });
});
