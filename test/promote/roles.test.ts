import { describe, expect, it } from "vitest";
import { ADAPTER_LIST } from "../../provider/adapters/index.js";
import { nearestRole } from "../../provider/promote/nearest-role.js";
import { beyond, MAY_ADD, organizationPowers, projectPowers } from "../../provider/promote/powers.js";
import { inputsAt, promotedText, toldOf } from "./promoted.js";

const HEAD = "name: acme\ncontrolPlane: { system: floopy }\n";

describe("the role that somebody gets in another system", () => {
  const pairs = ADAPTER_LIST.flatMap((source) =>
    ADAPTER_LIST.map((target) => ({ source, target, from: source.system, to: target.system })),
  );

  it.each(pairs)("gives no more there than it did before: $from to $to", ({ source, target }) => {
    const tables = [
      ["organization", organizationPowers],
      ["project", projectPowers],
    ] as const;
    const gains = tables.flatMap(([table, powersOf]) => {
      const candidates = new Map(Object.keys(target.roles[table]).map((name) => [name, powersOf(target, name) ?? new Set<string>()]));
      return Object.keys(source.roles[table]).flatMap((role) => {
        const before = powersOf(source, role) ?? new Set<string>();
        const nearest = nearestRole(role, before, candidates);
        return nearest === undefined ? [] : beyond(candidates.get(nearest) ?? new Set(), before);
      });
    });
    expect(gains.filter((gain) => !MAY_ADD.includes(gain))).toEqual([]);
  });

  it("is the one of the same name where that one gives no more, with what is missing", () => {
    const promotion = promotedText(`${HEAD}members: { ada@acme.example: admin }\n`, "olyx");
    expect(inputsAt(promotion, "members/ada@acme.example")).toMatchObject({ role: "admin" });
    expect(toldOf(promotion, "members/ada@acme.example")).toEqual([
      expect.objectContaining({ field: "role", weight: "tighter", why: expect.stringContaining("without: configure in the organization") }),
    ]);
  });

  it("is none where every role would give more, with the least one", () => {
    const text = "name: acme\ncontrolPlane: { system: anyint }\nmembers: { ada@acme.example: admin, fin@acme.example: finance }\n";
    const promotion = promotedText(text, "olyx");
    expect(inputsAt(promotion, "members/fin@acme.example")).toBeUndefined();
    expect(toldOf(promotion, "members/fin@acme.example")[0]?.why).toMatch(/the least is member, which would add: .*view in every project/);
  });

  it("is never that of the one owner who made an organization", () => {
    const text = "name: acme\ncontrolPlane: { system: gatehouse }\nmembers: { ada@acme.example: owner }\n";
    expect(inputsAt(promotedText(text, "floopy"), "members/ada@acme.example")).toMatchObject({ role: "admin" });
  });

  it("makes nobody an owner who could not make one", () => {
    const text = "name: acme\ncontrolPlane: { system: gatehouse }\nmembers: { bea@acme.example: admin }\n";
    expect(inputsAt(promotedText(text, "olyx"), "members/bea@acme.example")).toMatchObject({ role: "admin" });
    // Nor finance, whose billing is in reach of an admin and none of the own powers.
    expect(inputsAt(promotedText(text, "anyint"), "members/bea@acme.example")).toMatchObject({ role: "member" });
  });

  it("is told when it shows its holder the organization besides", () => {
    const promotion = promotedText(`${HEAD}members: { lin@acme.example: manager }\n`, "olyx");
    expect(toldOf(promotion, "members/lin@acme.example")).toEqual([
      expect.objectContaining({ to: "member", weight: "looser", why: expect.stringContaining("which adds: view in the organization") }),
    ]);
  });
});

describe("a custom role", () => {
  it("keeps the permissions that give no more at the target", () => {
    const text = `name: acme
controlPlane: { system: gatehouse }
roles: { keeper: { permissions: [project:write, model:read, report:read] } }
members: { kim@acme.example: keeper }
`;
    const promotion = promotedText(text, "routerly");
    // There, whoever writes projects reaches all their keys and members too.
    expect(inputsAt(promotion, "roles/keeper")).toEqual({ name: "keeper", permissions: ["model:read", "report:read"] });
    expect(inputsAt(promotion, "members/kim@acme.example")).toMatchObject({ role: { $ref: "roles/keeper", by: "name" } });
  });

  it("goes where nobody defines roles, and its holders get a fixed one that gives no more", () => {
    const text = `name: acme
controlPlane: { system: routerly }
roles: { auditor: { permissions: [project:read, report:read] } }
members: { fin@acme.example: { role: auditor, initialPassword: { env: GATEHOUSE_FIRST } } }
`;
    const promotion = promotedText(text, "floopy");
    expect(toldOf(promotion, "roles/auditor")).toMatchObject([{ result: "lost", weight: "tighter" }]);
    expect(inputsAt(promotion, "members/fin@acme.example")).toMatchObject({ role: "member" });
  });
});
