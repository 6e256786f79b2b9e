import { describe, expect, it } from "vitest";
import { permissionNames } from "../../../schema/systems/permissions/index.js";
import { accessIn, accessOf, seen, told } from "./support/access.js";

const EVERYTHING = "view? callModels? createProjects? manageKeys? manageMembers? configure? delete? billing?";

describe("a project role beside an organization role", () => {
  const access = accessOf(`
members: { bea@acme.example: admin, kim@acme.example: member }
projects: { checkout: { name: Checkout, members: { bea@acme.example: editor, kim@acme.example: editor } } }`);

  it("is shown, and said to add nothing, where the organization role gives as much", () => {
    expect(told(access, "bea@acme.example", "checkout")).toEqual([
      "checkout: view callModels manageKeys manageMembers configure delete <- organization role admin, (member of checkout as editor)",
    ]);
  });

  it("is no shadow where it gives more", () => {
    expect(told(access, "kim@acme.example", "checkout")).toEqual([
      "checkout: view callModels manageKeys configure <- organization role member, member of checkout as editor",
    ]);
  });
});

describe("a custom role", () => {
  const roles = (permissions: string) => `
roles: { auditor: { permissions: [${permissions}] } }
members: { fin@acme.example: auditor }
projects: { checkout: { name: Checkout } }`;

  it("gives what its permissions mean", () => {
    expect(told(accessOf(roles("project:read, report:read")), "fin@acme.example")).toEqual([
      "organization: view <- organization role auditor (custom role)",
      "everyProject: view <- organization role auditor (custom role)",
    ]);
  });

  it("escalates as its permissions do, be it called what it may", () => {
    expect(told(accessOf(roles("project:read, key:write, member:write")), "fin@acme.example")).toEqual([
      "organization: view manageMembers <- organization role auditor (custom role)",
      "everyProject: view callModels manageKeys manageMembers <- organization role auditor (custom role)",
    ]);
  });

  it("gives in a project what a project role can give, and nothing of the organization", () => {
    const access = accessOf(`
roles: { keeper: { permissions: [key:write, organization:write] } }
projects: { checkout: { name: Checkout, members: { kim@acme.example: keeper } } }`);
    expect(told(access, "kim@acme.example")).toEqual([
      "checkout: view callModels manageKeys <- member of checkout as keeper (custom role)",
    ]);
  });

  it("gives nothing in a project of a system where no membership does (R-23)", () => {
    const system = { system: "routerly" };
    const access = accessIn([
      seen("Role", "deputy", { name: "deputy", permissions: ["user:write"] }, system),
      seen("ProjectMember", "m", { project: "p", user: "kim@acme.example", role: "deputy" }, system),
    ]);
    expect(told(access, "kim@acme.example")).toEqual(["p:  <- (member of p as deputy (custom role))"]);
  });

  it("may be anything while its permissions are unknown", () => {
    const access = accessOf(roles("project:read"), "gatehouse", ["roles/auditor#permissions"]);
    expect(told(access, "fin@acme.example", "checkout")).toEqual([`checkout: ${EVERYTHING} <- organization role auditor (custom role)`]);
  });
});

describe("the table of permissions", () => {
  it("of routerly gives an operator's permissions what the operator has", () => {
    const permissions = permissionNames("routerly").filter((one) => one !== "user:write");
    const access = accessIn([
      seen("Role", "deputy", { name: "deputy", permissions }, { system: "routerly" }),
      seen("OrganizationMember", "a", { user: "a@acme.example", role: "deputy" }, { system: "routerly" }),
      seen("OrganizationMember", "b", { user: "b@acme.example", role: "operator" }, { system: "routerly" }),
    ]);
    const can = (who: string) => told(access, who).map((line) => line.split(" <-")[0]);
    expect(can("a@acme.example")).toEqual(can("b@acme.example"));
  });
});

describe("a role that nobody declares", () => {
  it("could be anything that a role of the system can be", () => {
    const access = accessOf("members: { fin@acme.example: owls }");
    expect(told(access, "fin@acme.example")).toEqual([
      `organization: ${EVERYTHING} <- organization role owls (unknown role)`,
      `everyProject: ${EVERYTHING} <- organization role owls (unknown role)`,
    ]);
  });

  it("gives nothing in a project of a system where no membership does", () => {
    const access = accessIn([seen("ProjectMember", "m", { project: "p", user: "kim@acme.example", role: "owls" }, { system: "routerly" })]);
    expect(told(access, "kim@acme.example")).toEqual(["p:  <- (member of p as owls (unknown role))"]);
  });
});

describe("what only an apply will know", () => {
  const text = `
members: { bea@acme.example: { role: admin, expiresAt: 2027-01-01 } }
projects: { checkout: { name: Checkout } }`;

  it("makes of a role one that could be anything", () => {
    const access = accessOf(text, "gatehouse", ["members/bea@acme.example#role"]);
    expect(told(access, "bea@acme.example", "checkout")).toEqual([`checkout: ${EVERYTHING} <- organization role (known after apply)`]);
  });

  it("makes of an end, or of a project that may be archived, access that may be", () => {
    const all = "view? callModels? manageKeys? manageMembers? configure? delete?";
    expect(told(accessOf(text, "gatehouse", ["members/bea@acme.example#expiresAt"]), "bea@acme.example", "checkout")).toEqual([
      `checkout: ${all} <- organization role admin`,
    ]);
    expect(told(accessOf(text, "gatehouse", ["projects/checkout#status"]), "bea@acme.example", "checkout")).toEqual([
      `checkout: ${all.replace("view?", "view")} <- organization role admin`,
    ]);
  });

  it("keeps a person apart whose address is unknown", () => {
    const access = accessOf(text, "gatehouse", ["members/bea@acme.example#user"]);
    expect(told(access, "bea@acme.example")).toEqual([]);
    expect([...(access.planes.get("main")?.holders.values() ?? [])].map(({ subject }) => subject.name)).toEqual([
      "somebody known after apply (members/bea@acme.example)",
    ]);
  });
});

describe("what is over", () => {
  it("gives nothing from the day on which it ends, whatever projects say", () => {
    const until = (day: string) => `
members: { bea@acme.example: { role: admin, expiresAt: ${day} } }
projects: { checkout: { name: Checkout, members: { bea@acme.example: owner } } }`;
    expect(told(accessOf(until("2026-11-21")), "bea@acme.example")).toEqual([]);
    expect(told(accessOf(until("2026-11-22")), "bea@acme.example", "checkout")).toHaveLength(1);
  });

  it("gives nothing when the control plane says so", () => {
    const outputs = { status: "expired" };
    const access = accessIn([
      seen("OrganizationMember", "m", { user: "bea@acme.example", role: "owner" }, { outputs }),
      seen("ProjectMember", "p", { project: "p", user: "kim@acme.example", role: "owner" }, { outputs }),
    ]);
    expect([...(access.planes.get("main")?.holders.keys() ?? [])]).toEqual([]);
  });

  it("leaves of an archived project the view (O-25)", () => {
    const access = accessOf(`
members: { bea@acme.example: admin }
projects: { old: { name: Old, status: archived, members: { kim@acme.example: owner }, keys: { old-prod: {} } } }`);
    expect(told(access, "bea@acme.example", "old")).toEqual(["old: view <- organization role admin"]);
    expect(told(access, "kim@acme.example")).toEqual(["old: view <- member of old as owner"]);
    expect(told(access, "old-prod")).toEqual(["old:  <- hard lock"]);
  });
});
