import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classOfObject, classOfProperty } from "../../provider/plan/change-class.js";
import { CONCERNS, type Concern, type Field } from "../../schema/field.js";
import { inputFields, type Kind } from "../../schema/kind.js";
import { KINDS, type KindName, REMOTE_KINDS } from "../../schema/kinds/index.js";

const rank = (one: Concern) => CONCERNS.indexOf(one);

/** Dotted paths of everything that can drift in a kind. */
function drifting(kind: Kind): readonly string[] {
  const below = (field: Field, path: string): readonly string[] => {
    if (field.flags.local || field.flags.secret) return [];
    const members = Object.entries(field.fields ?? {}).flatMap(([name, member]) => below(member, `${path}.${name}`));
    return members.length > 0 ? members : [path];
  };
  return Object.entries(inputFields(kind)).flatMap(([name, field]) => below(field, name));
}

describe("the class of a property that drifted", () => {
  const cases: readonly (readonly [KindName, string, Concern])[] = [
    ["OrganizationMember", "role", "security"],
    ["OrganizationMember", "expiresAt", "security"],
    ["ProjectMember", "role", "security"],
    ["Role", "permissions", "security"],
    ["SecurityPolicy", "singleSignOn.status", "security"],
    ["SecurityPolicy", "ipAllowList", "security"],
    ["SecurityPolicy", "promptGuards.blockInjection", "security"],
    ["Organization", "contacts.security", "security"],
    ["ApiKey", "project", "security"],
    ["ApiKey", "defaultProject", "security"],
    ["ApiKey", "owner", "security"],
    ["ApiKey", "models.allowed", "security"],
    ["ApiKey", "ipAllowList", "security"],
    ["ApiKey", "expiresAt", "security"],
    ["Project", "environment", "security"],
    ["Project", "launch.owner", "security"],
    ["Model", "endpoint", "security"],
    ["Model", "credential", "security"],
    ["Model", "dataRetentionDays", "security"],
    ["Environment", "baseUrl", "security"],
    ["Environment", "constraints.allowDestructive", "security"],
    ["Alert", "channel.webhook", "security"],
    ["ApiKey", "hourlyUsd", "money"],
    ["ApiKey", "monthlyUsd", "money"],
    ["ApiKey", "onBreach", "money"],
    ["ApiKey", "limits", "money"],
    ["EnvironmentLimit", "monthlyUsd", "money"],
    ["Budget", "amountUsd", "money"],
    ["Budget", "onBreach", "money"],
    ["Budget", "thresholds", "money"],
    ["Model", "inputUsdPerMillionTokens", "money"],
    ["ApiKey", "rates.requestsPerMinute", "availability"],
    ["ApiKey", "routingRule", "availability"],
    ["EnvironmentLimit", "requestsPerMinute", "availability"],
    ["Organization", "requestsPerMinute", "availability"],
    ["Environment", "constraints.maxRequestsPerSecond", "availability"],
    ["Project", "status", "availability"],
    ["RoutingTier", "model", "availability"],
    ["RoutingPolicy", "policies", "availability"],
    ["Model", "upstreamModel", "availability"],
    ["Project", "description", "cosmetic"],
    ["ApiKey", "labels", "cosmetic"],
  ];

  it.each(cases)("%s %s is about %s", (kind, property, expected) => {
    expect(classOfProperty(KINDS[kind], property)).toBe(expected);
  });

  it("is cosmetic for these and no others: a new field that repairs itself is decided on here", () => {
    const cosmetic = REMOTE_KINDS.flatMap((kind) =>
      drifting(kind)
        .filter((property) => classOfProperty(kind, property) === "cosmetic")
        .map((property) => `${kind.name}.${property}`),
    );
    expect(cosmetic.toSorted()).toEqual([
      "ApiKey.description",
      "ApiKey.labels",
      "ApiKey.name",
      "Model.name",
      "Organization.name",
      "Organization.plan",
      "OrganizationMember.firstName",
      "OrganizationMember.lastName",
      "Project.color",
      "Project.description",
      "Project.icon",
      "Project.labels",
      "Project.name",
      "Role.displayName",
    ]);
  });

  it("looks into what appeared or disappeared as a whole", () => {
    expect(classOfProperty(KINDS.ApiKey, "rates", undefined, { requestsPerMinute: 5 })).toBe("availability");
    expect(classOfProperty(KINDS.Model, "limits", [{ metric: "cost", value: 5, windowType: "rolling" }], undefined)).toBe("money");
    expect(classOfProperty(KINDS.Environment, "authProfiles", { "a.b": { flavor: "ui" } }, {})).toBe("security");
  });

  it("is never milder for an object as a whole than for any of its properties", () => {
    const properties = REMOTE_KINDS.flatMap((kind) => Object.keys(kind.fields).map((name) => ({ kind, name })));
    fc.assert(
      fc.property(fc.constantFrom(...properties), fc.jsonValue(), ({ kind, name }, value) => {
        expect(rank(classOfObject(kind, { [name]: value }))).toBeLessThanOrEqual(rank(classOfProperty(kind, name, value)));
      }),
    );
  });

  it("can be told of any path and any values, known or not", () => {
    fc.assert(
      fc.property(fc.constantFrom(...REMOTE_KINDS), fc.string(), fc.jsonValue(), fc.jsonValue(), (kind, path, before, after) => {
        expect(CONCERNS).toContain(classOfProperty(kind, path, before, after));
      }),
    );
  });
});
