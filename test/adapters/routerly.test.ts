import { expect, test } from "vitest";
import { conformance } from "./conformance/conformance.js";

const uninvited = { pending: "it sends no invitations: users are there at once" };

const { unused } = conformance("routerly", {
  skips: {
    OrganizationMember: uninvited,
    "OrganizationMember with a first password": uninvited,
    ProjectMember: uninvited,
    RoutingPolicy: { gone: "the routing is part of its project, and stays there without models and policies" },
  },
});

test("what is skipped on Routerly is there to be skipped", () => expect(unused).toEqual([]));
