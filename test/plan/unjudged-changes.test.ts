import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ObjectChange, PropertyChange } from "../../provider/plan/changes.js";
import { unjudgedChanges } from "../../provider/plan/unjudged-changes.js";
import { UNKNOWN } from "../../schema/unknown.js";

const SHOWN = "(known after apply)";

function change(name: string, operation: ObjectChange["operation"], ...properties: readonly PropertyChange[]): ObjectChange {
  return { operation, kind: "OrganizationMember", name, urn: `urn:${name}`, why: "", properties };
}

const becomes = (property: string, before: unknown, after: unknown): PropertyChange => ({ property, before, after, cause: "declaration" });

const ADA = change("members/ada", "update", becomes("role", "member", "viewer"), becomes("expiresAt", undefined, "2027-01-01"));

describe("a later plan of a run", () => {
  it.each<[string, ObjectChange]>([
    ["the same change, whoever brought it about", { ...ADA, properties: ADA.properties.map((one) => ({ ...one, cause: "server" })) }],
    ["a part of it", { ...ADA, properties: ADA.properties.slice(1) }],
  ])("holds nothing new in %s", (_, later) => {
    expect(unjudgedChanges([ADA], [later])).toEqual([]);
    expect(unjudgedChanges([ADA], [])).toEqual([]);
  });

  it.each<[string, ObjectChange, string]>([
    ["another object", change("members/eve", "update"), "members/eve: update is planned now, and was not judged"],
    ["another operation", { ...ADA, operation: "replace" }, "members/ada: update was judged, and replace is planned now"],
    [
      "another value",
      change("members/ada", "update", becomes("role", "member", "owner")),
      "members/ada: update was judged with another role",
    ],
    [
      "another value before",
      change("members/ada", "update", becomes("role", "owner", "viewer")),
      "members/ada: update was judged with another role",
    ],
    [
      "another property",
      change("members/ada", "update", becomes("lastName", "A", "B")),
      "members/ada: update was judged with another lastName",
    ],
  ])("is told for %s", (_, later, told) => {
    expect(unjudgedChanges([ADA], [later])).toEqual([told]);
  });

  it("may know what the judged one did not, and that alone", () => {
    const key = (project: unknown, models: unknown, routing: readonly PropertyChange[], name = "checkout-prod") =>
      change(
        "keys/a",
        "create",
        becomes("name", undefined, name),
        becomes("project", undefined, project),
        becomes("models", [], models),
        ...routing,
      );
    const judged = key(SHOWN, [{ model: UNKNOWN, limit: 3 }], [becomes("routing", { rule: "a" }, SHOWN)]);
    const known = (limit: number) => [{ model: "m1", limit }];
    expect(unjudgedChanges([judged], [key("p1", known(3), [becomes("routing.rule", "a", "b")])])).toEqual([]);
    expect(unjudgedChanges([judged], [key("p1", known(4), [])])).toEqual(["keys/a: create was judged with another models"]);
    expect(unjudgedChanges([judged], [key("p1", [...known(3), ...known(3)], [])])).toHaveLength(1);
    expect(unjudgedChanges([judged], [key("p1", known(3), [], "checkout-dev")])).toHaveLength(1);
  });

  it("holds nothing new when it equals the judged one, whatever the values", () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    const any = fc.array(
      fc.record({ property: fc.constantFrom("a", "b", "c.d"), before: value, after: value, cause: fc.constant("server" as const) }),
    );
    fc.assert(
      fc.property(any, (properties) => {
        expect(unjudgedChanges([change("x", "update", ...properties)], [change("x", "update", ...structuredClone(properties))])).toEqual(
          [],
        );
      }),
    );
  });
});
