import { expect, test } from "vitest";
import { conformance } from "./conformance/conformance.js";

const { unused } = conformance("floopy", {
  skips: { "RoutingPolicy without a name": { gone: "the constraints return to those of the platform and are always there" } },
});

test("what is skipped on Floopy is there to be skipped", () => expect(unused).toEqual([]));
