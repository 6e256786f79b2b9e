import { describe, expect, it } from "vitest";
import { optionalModule } from "../../provider/sinks/optional-module.js";

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
});
