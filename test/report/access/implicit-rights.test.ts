import { describe, expect, it } from "vitest";
import { accessOf, told } from "./support/access.js";

const ALL = "view callModels createProjects manageKeys manageMembers configure delete billing";

describe("an organization role on floopy", () => {
  const access = accessOf(
    `
members: { ada@acme.example: owner, bea@acme.example: admin, lin@acme.example: manager, kim@acme.example: member }
projects: { checkout: { name: Checkout, members: { lin@acme.example: owner, kim@acme.example: admin } } }`,
    "floopy",
  );

  it("makes owners and admins project admins everywhere, without a membership (F-42)", () => {
    expect(told(access, "ada@acme.example", "checkout")).toEqual([`checkout: ${ALL} <- organization role owner`]);
    expect(told(access, "bea@acme.example", "checkout")).toEqual([
      "checkout: view callModels manageKeys manageMembers configure <- organization role admin",
    ]);
  });

  it("lets a manager create projects and administer only those assigned (F-34 to F-36)", () => {
    expect(told(access, "lin@acme.example")).toEqual([
      "organization: createProjects <- organization role manager",
      "everyProject: view <- organization role manager",
      "checkout: view callModels manageKeys manageMembers configure delete <- organization role manager, member of checkout as owner",
    ]);
  });

  it("lets of the project roles only the owner delete (F-39, F-40)", () => {
    expect(told(access, "kim@acme.example", "checkout")).toEqual([
      "checkout: view callModels manageKeys manageMembers configure <- organization role member, member of checkout as admin",
    ]);
  });
});

describe("an organization role on anyint", () => {
  const access = accessOf(
    `
members: { ada@acme.example: admin, lin@acme.example: member, kim@acme.example: member, fin@acme.example: finance }
projects: { birch: { name: Birch, members: { lin@acme.example: owner, kim@acme.example: member } } }`,
    "anyint",
  );

  it("gives the admin the whole organization and every project (A-20, A-32, A-33)", () => {
    expect(told(access, "ada@acme.example")).toEqual([
      "organization: view createProjects manageKeys manageMembers configure delete billing <- organization role admin",
      "everyProject: view callModels manageKeys manageMembers configure delete <- organization role admin",
    ]);
  });

  it("gives finance billing and nothing else (A-35)", () => {
    expect(told(access, "fin@acme.example")).toEqual(["organization: billing <- organization role finance"]);
  });

  it("gives a member nothing outside of the own projects, and a project owner the members and keys of the own one (A-19, A-33, A-34)", () => {
    expect(told(access, "kim@acme.example")).toEqual(["birch: view callModels <- member of birch as member"]);
    expect(told(access, "lin@acme.example")).toEqual([
      "birch: view callModels manageKeys manageMembers configure <- member of birch as owner",
    ]);
  });
});

describe("an organization role on olyx", () => {
  const access = accessOf(
    `
members: { ada@acme.example: owner, bea@acme.example: admin, kim@acme.example: member }
projects: { production: { name: Production, members: { kim@acme.example: admin } } }`,
    "olyx",
  );

  it("gives owners final control of every project, and admins its configuration and keys (O-42, O-43)", () => {
    expect(told(access, "ada@acme.example", "production")).toEqual([
      "production: view manageKeys manageMembers configure delete <- organization role owner",
    ]);
    expect(told(access, "bea@acme.example", "production")).toEqual([
      "production: view manageKeys manageMembers configure <- organization role admin",
    ]);
  });

  it("lets a member review and nothing else, besides what a project gives separately (O-44, O-68)", () => {
    expect(told(access, "kim@acme.example")).toEqual([
      "organization: view <- organization role member",
      "everyProject: view <- organization role member",
      "production: view manageKeys manageMembers configure <- organization role member, member of production as admin",
    ]);
  });
});

describe("a role on routerly", () => {
  const access = accessOf(
    `
roles: { auditor: { permissions: [report:read] }, deputy: { permissions: [user:write] } }
members:
  ada@acme.example: { role: admin, initialPassword: { env: GATEHOUSE_P } }
  lin@acme.example: { role: operator, initialPassword: { env: GATEHOUSE_P } }
  kim@acme.example: { role: viewer, initialPassword: { env: GATEHOUSE_P } }
  fin@acme.example: { role: auditor, initialPassword: { env: GATEHOUSE_P } }
  dan@acme.example: { role: deputy, initialPassword: { env: GATEHOUSE_P } }
projects: { checkout: { name: Checkout, members: { kim@acme.example: admin } } }`,
    "routerly",
  );

  it("reaches all projects when it may write any (R-23)", () => {
    expect(told(access, "lin@acme.example", "checkout")).toEqual([
      "checkout: view callModels manageKeys manageMembers configure delete <- organization role operator",
    ]);
  });

  it("counts alone: a membership of a project gives nothing, and is shown to (R-23)", () => {
    expect(told(access, "kim@acme.example", "checkout")).toEqual([
      "checkout: view <- organization role viewer, (member of checkout as admin)",
    ]);
  });

  it("lets everybody who can log in read all models and projects (R-54)", () => {
    expect(told(access, "fin@acme.example")).toEqual([
      "organization: view <- organization role auditor (custom role)",
      "everyProject: view <- organization role auditor (custom role)",
    ]);
  });

  it("gives everything when it may write users, since its holder can become admin (R-38)", () => {
    expect(told(access, "dan@acme.example", "checkout")).toEqual([`checkout: ${ALL} <- organization role deputy (custom role)`]);
  });
});

describe("a membership on qodex", () => {
  const access = accessOf(
    `
projects:
  shop: { name: Shop, members: { ada@acme.example: admin, kim@acme.example: member } }
  depot: { name: Depot, members: { ada@acme.example: member } }`,
    "qodex",
  );

  it("is the only way into a project, and any account may make one (Q-11, Q-12)", () => {
    expect(told(access, "kim@acme.example")).toEqual([
      "organization: createProjects <- account (user)",
      "shop: view callModels <- member of shop as member",
    ]);
  });

  it("gives an admin everything there, and nothing in another project (Q-38, Q-42)", () => {
    expect(told(access, "ada@acme.example", "shop")).toEqual([
      "shop: view callModels manageKeys manageMembers configure delete <- member of shop as admin",
    ]);
    expect(told(access, "ada@acme.example", "depot")).toEqual(["depot: view callModels <- member of depot as member"]);
  });
});
