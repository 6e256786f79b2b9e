import { describe, expect, it } from "vitest";
import { Refused } from "../../provider/errors.js";
import { formerVersion } from "../../provider/sinks/former-version.js";

describe("the version to go back to", () => {
  it("is the recorded one, at the place that the sink writes to", () => {
    expect(formerVersion({ place: "ai/checkout/api", version: "3" }, "ai/checkout/api")).toBe("3");
  });

  it.each([
    [
      "elsewhere",
      { place: "ai/search/api", version: "3" },
      "it was delivered to ai/search/api, and the sink now writes to ai/checkout/api",
    ],
    ["without a version", { place: "ai/checkout/api" }, "no version of ai/checkout/api was recorded"],
  ])("is refused where the secret was delivered %s", (_, former, told) => {
    const going = () => formerVersion(former, "ai/checkout/api");
    expect(going).toThrow(Refused);
    expect(going).toThrow(told);
  });
});
