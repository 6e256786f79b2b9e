import { describe, expect, test } from "vitest";
import { check } from "../../provider/lifecycle/check.js";
import { diff } from "../../provider/lifecycle/diff.js";
import { formatObjectId, parseObjectId } from "../../provider/lifecycle/object-id.js";
import { Session } from "../../provider/lifecycle/session.js";
import { changeTo, differences, observedAs, sameValue } from "../../provider/lifecycle/values.js";
import type { Fields } from "../../schema/field.js";
import { KIND_LIST, KINDS } from "../../schema/kinds/index.js";
import { UNKNOWN } from "../../schema/unknown.js";

const gatehouse = new Session({ name: "main", system: "gatehouse" }, {});
const { Alert, ApiKey, Organization, OrganizationMember, Project, RoutingTier } = KINDS;

describe("two values mean the same", () => {
  test("when only the order of an unordered list, the case of an address or an emptiness differs", () => {
    expect(sameValue(Project.fields.labels, ["b", "a"], ["a", "b"])).toBe(true);
    expect(sameValue(RoutingTier.fields.fallbacks, ["b", "a"], ["a", "b"])).toBe(false);
    expect(sameValue(OrganizationMember.fields.user, "Ada@acme.example", "ada@acme.example")).toBe(true);
    expect(sameValue(Project.fields.labels, [], undefined)).toBe(true);
    expect(sameValue(ApiKey.fields.monthlyUsd, 0, undefined)).toBe(false);
  });

  test("for a declaration that speaks of some members only", () => {
    const declared = { requestsPerMinute: 3 };
    const observed = { requestsPerMinute: 3, tokensPerDay: 1000 };
    expect(observedAs(ApiKey.fields.rates, declared, observed)).toEqual(declared);
    expect(differences(ApiKey.fields, { rates: declared }, { rates: observed })).toEqual([]);
    expect(differences(ApiKey.fields, { rates: declared }, { rates: { requestsPerMinute: 4 } })).toEqual(["rates"]);
  });
});

describe("a change that is sent", () => {
  test("is only what differs, and clears what is declared no longer", () => {
    expect(changeTo(Organization.fields.contacts, { billing: "a@x.example" }, { billing: "a@x.example" }, undefined)).toBeUndefined();
    const observed = { billing: "a@x.example", security: "b@x.example" };
    expect(changeTo(Organization.fields.contacts, { billing: "c@x.example" }, observed, observed)).toEqual({
      billing: "c@x.example",
      security: null,
    });
    expect(changeTo(Organization.fields.contacts, { billing: "c@x.example" }, observed, { billing: "a@x.example" })).toEqual({
      billing: "c@x.example",
    });
    expect(changeTo(Project.fields.description, undefined, "Old.", "Old.")).toBeNull();
    expect(changeTo(Project.fields.description, undefined, "Made by hand.", undefined)).toBeUndefined();
  });

  test("has a secret when its declaration changed, clears one that is declared no longer, and repeats none", () => {
    const channel = (secret?: object) => ({ webhook: "https://hooks.acme.example", ...(secret && { secret }) });
    const [one, two] = [
      { env: "GATEHOUSE_HOOK", version: 1 },
      { env: "GATEHOUSE_HOOK", version: 2 },
    ];
    const change = (desired: object, former: object) => changeTo(Alert.fields.channel, desired, channel(), former);
    expect(change(channel(two), channel(one))).toEqual({ secret: two });
    expect(change(channel(), channel(one))).toEqual({ secret: null });
    expect(change(channel(one), channel(one))).toBeUndefined();
    expect(change(channel(), channel())).toBeUndefined();
  });
});

describe("a check", () => {
  test("reports every problem of an object at once, without repeating a value", () => {
    const { problems } = check(
      ApiKey,
      {
        name: "billing",
        monthlyUsd: -1,
        environment: "prod",
        secret: "hunter2",
        rates: { requestsPerMinute: 0 },
      },
      gatehouse,
    );
    expect(problems.map(({ property }) => property).toSorted()).toEqual(["environment", "monthlyUsd", "rates.requestsPerMinute", "secret"]);
    expect(JSON.stringify(problems)).not.toContain("hunter2");
  });

  test("lets unknown values pass wherever they stand", () => {
    for (const property of ["project", "rates", "labels", "monthlyUsd", "models"])
      expect(check(ApiKey, { name: "billing", [property]: UNKNOWN }, gatehouse).problems).toEqual([]);
  });

  test("stores what means the same in one form", () => {
    expect(check(Project, { name: "A", labels: ["b", "a"], description: undefined }, gatehouse).inputs).toEqual({
      name: "A",
      labels: ["a", "b"],
    });
  });
});

describe("a changed property", () => {
  test.each(
    KIND_LIST.flatMap((kind) =>
      Object.keys(kind.fields)
        .filter((name) => kind.fields[name]?.flags.replace)
        .map((name) => [kind.name, name] as const),
    ),
  )("that no control plane can change replaces the object: %s.%s", (kindName, property) => {
    const kind = KINDS[kindName as keyof typeof KINDS];
    expect(diff(kind, { [property]: "one" }, { [property]: "two" }).replaces).toEqual([property]);
    expect(diff(kind, { [property]: "one" }, { [property]: "one" }).replaces).toEqual([]);
    const followsItsTarget = (kind.fields as Fields)[property]?.reference?.by === "id";
    expect(diff(kind, { [property]: "one" }, { [property]: UNKNOWN }).replaces).toEqual(followsItsTarget ? [property] : []);
  });

  test("of an object that keeps its name makes the old one go first", () => {
    expect(diff(ApiKey, { name: "a", project: "p" }, { name: "a", project: "q" }).deleteBeforeReplace).toBe(true);
    expect(diff(ApiKey, { name: "a", project: "p" }, { name: "b", project: "q" }).deleteBeforeReplace).toBe(false);
  });
});

test("an id holds all that is needed to read an object, whatever characters are in it", () => {
  const address = { owner: "p/1", id: "kim@acme.example" };
  expect(parseObjectId(KINDS.ProjectMember, formatObjectId(KINDS.ProjectMember, address))).toEqual(address);
  expect(parseObjectId(Project, formatObjectId(Project, { owner: undefined, id: "x" }))).toEqual({ owner: undefined, id: "x" });
});
