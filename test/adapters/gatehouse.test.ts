import { expect, test } from "vitest";
import { conformance } from "./conformance/conformance.js";

const { unused } = conformance("gatehouse", {
  skips: { "OrganizationMember with a first password": { pending: "whoever has a password is in" } },
});

test("what is skipped on the embedded control plane is there to be skipped", () => expect(unused).toEqual([]));
