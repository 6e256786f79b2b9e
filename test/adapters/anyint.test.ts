import { expect, test } from "vitest";
import { conformance } from "./conformance/conformance.js";

const { unused } = conformance("anyint");

test("what is skipped on AnyInt is there to be skipped", () => expect(unused).toEqual([]));
