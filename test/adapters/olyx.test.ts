import { expect, test } from "vitest";
import { conformance } from "./conformance/conformance.js";

const { unused } = conformance("olyx", {
  skips: { Project: { gone: "a removed project is archived and stays readable" } },
});

test("what is skipped on Olyx is there to be skipped", () => expect(unused).toEqual([]));
