import { describe, expect, it } from "vitest";
import { accessDiff } from "../../../provider/report/access/index.js";
import { accessOf, changed } from "./support/access.js";

const FORTY = Array.from({ length: 40 }, (_, index) => `  p${index}: { name: P${index} }`).join("\n");

describe("a changed role", () => {
  it("of an administrator is one line, however many projects there are", () => {
    const members = (role: string) => `members: { bea@acme.example: ${role} }\nprojects:\n${FORTY}`;
    expect(changed(members("member"), members("admin"))).toEqual([
      "bea@acme.example widened in the organization: view → view, create projects, manage keys, manage members, configure, delete, by organization role member → organization role admin; in every project: view → view, call models, manage keys, manage members, configure, delete, by organization role member → organization role admin",
    ]);
  });

  it("in forty projects alike is one line too", () => {
    const projects = (role: string) => `projects:\n${FORTY.replaceAll(" }", `, members: { kim@acme.example: ${role} } }`)}`;
    expect(changed(projects("viewer"), projects("editor"))).toEqual([
      "kim@acme.example widened in p0, p1, p10 and 37 more: view → view, call models, manage keys, configure, by member of p0 as viewer, member of p1 as viewer, member of p10 as viewer and 37 more → member of p0 as editor, member of p1 as editor, member of p10 as editor and 37 more",
    ]);
  });

  it("leaves what a project gives besides, and says where it is otherwise", () => {
    const members = (role: string) => `
members: { bea@acme.example: ${role} }
projects: { checkout: { name: Checkout, environment: production, members: { bea@acme.example: editor } }, search: { name: Search } }`;
    expect(changed(members("admin"), members("member"))).toEqual([
      "bea@acme.example narrowed in the organization: view, create projects, manage keys, manage members, configure, delete → view, by organization role admin → organization role member; in every project except checkout: view, call models, manage keys, manage members, configure, delete → view, by organization role admin → organization role member; in checkout (production): view, call models, manage keys, manage members, configure, delete → view, call models, manage keys, configure, by organization role admin, member of checkout as editor → organization role member, member of checkout as editor",
    ]);
  });

  it("passes over a project role that adds nothing before and after", () => {
    const stack = (role: string) => `
members: { bea@acme.example: ${role} }
projects: { checkout: { name: Checkout, members: { bea@acme.example: viewer } } }`;
    expect(changed(stack("member"), stack("admin")).join()).not.toContain("checkout");
  });

  it("that gives one thing more and another less is told in both directions", () => {
    const members = (role: string) => `members: { fin@acme.example: ${role} }`;
    expect(changed(members("manager"), members("finance")).map((line) => line.split(":")[0])).toEqual([
      "fin@acme.example widened in the organization",
      "fin@acme.example lost in every project",
      "fin@acme.example narrowed in the organization",
    ]);
  });

  it("is seen through a custom role that escalates, though no member changed", () => {
    const stack = (more: string) => `roles: { auditor: { permissions: [project:read${more}] } }\nmembers: { fin@acme.example: auditor }`;
    expect(changed(stack(""), stack(", key:write"))).toEqual([
      "fin@acme.example widened in every project: view → view, call models, manage keys, by organization role auditor (custom role)",
    ]);
  });

  it("is no change where an organization role shadows it", () => {
    const stack = (role: string) => `
members: { bea@acme.example: admin }
projects: { checkout: { name: Checkout, members: { bea@acme.example: ${role} } } }`;
    expect(changed(stack("viewer"), stack("owner"))).toEqual([]);
  });

  it("that nobody knows widens what is known", () => {
    const members = (role: string) => `members: { fin@acme.example: ${role} }`;
    expect(changed(members("admin"), members("owls")).map((line) => line.split(":")[0])).toEqual([
      "fin@acme.example widened in the organization",
      "fin@acme.example narrowed in the organization",
    ]);
  });
});

describe("a person who comes or goes", () => {
  it("gains or loses what the role gives", () => {
    const lin = "projects: { checkout: { name: Checkout, members: { lin@acme.example: editor } } }";
    const nobody = "projects: { checkout: { name: Checkout } }";
    expect(changed(nobody, lin)).toEqual([
      "lin@acme.example gained in checkout: nothing → view, call models, manage keys, configure, by member of checkout as editor",
    ]);
    expect(changed(lin, nobody)).toEqual([
      "lin@acme.example lost in checkout: view, call models, manage keys, configure → nothing, by member of checkout as editor",
    ]);
  });

  it("is no news in a new project that an administrator reaches by being one", () => {
    const members = "members: { bea@acme.example: admin }";
    expect(changed(members, `${members}\nprojects: { checkout: { name: Checkout } }`)).toEqual([]);
  });

  it("narrows when an end is set, and widens when it is taken away", () => {
    const stack = (end: string) => `members: { bea@acme.example: { role: finance${end} } }`;
    expect(changed(stack(""), stack(", expiresAt: 2027-06-30"))).toEqual([
      "bea@acme.example narrowed in the organization: limits none → until 2027-06-30 (membership of the organization), by organization role finance",
    ]);
    expect(changed(stack(", expiresAt: 2027-06-30"), stack(""))).toEqual([
      "bea@acme.example widened in the organization: limits until 2027-06-30 (membership of the organization) → none, by organization role finance",
    ]);
  });
});

describe("an archived project", () => {
  it("narrows everybody who could do more than view, and takes its keys away", () => {
    const stack = (status: string) => `
members: { bea@acme.example: admin, kim@acme.example: viewer }
projects: { old: { name: Old, environment: staging, status: ${status}, keys: { old-ci: {} } }, new: { name: New } }`;
    expect(changed(stack("active"), stack("archived"))).toEqual([
      "old-ci lost in old (staging): call models → nothing, by hard lock",
      "bea@acme.example narrowed in old (staging): view, call models, manage keys, manage members, configure, delete → view, by organization role admin",
    ]);
  });
});

describe("a key", () => {
  const key = (more: string) =>
    `keys: { k: { environment: production, hourlyUsd: 25${more} } }\nprojects: { checkout: { name: Checkout }, search: { name: Search } }`;
  const locked = key(", project: checkout");
  const unlocked = key("");
  const nested =
    "projects: { checkout: { name: Checkout, keys: { k: { environment: production, hourlyUsd: 25 } } }, search: { name: Search } }";

  it("that loses its lock gains every project besides its own", () => {
    expect(changed(locked, unlocked)).toEqual([
      "k gained in every project except checkout (production): nothing → call models, limits none → 25 USD per hour, then pause (key), by not locked to a project",
    ]);
  });

  it("that is locked loses every other one", () => {
    expect(changed(unlocked, locked).map((line) => line.split(":")[0])).toEqual(["k lost in every project except checkout (production)"]);
  });

  it("that ends is another one than a key of the same name that comes", () => {
    expect(changed(nested, unlocked).map((line) => line.split(":")[0])).toEqual([
      "k gained in every project (production)",
      "k lost in checkout (production)",
    ]);
  });

  it("that gets another name is the same one", () => {
    expect(changed(locked, key(", project: checkout, name: other"))).toEqual([]);
  });

  it("that may spend more is widened, and that may call fewer models is narrowed", () => {
    const key = (more: string) => `projects: { checkout: { name: Checkout, keys: { k: { ${more} } } } }`;
    expect(changed(key("hourlyUsd: 25"), key("hourlyUsd: 50"))).toEqual([
      "k widened in checkout: limits 25 USD per hour, then pause (key) → 50 USD per hour, then pause (key), by hard lock",
    ]);
    expect(changed(key("models: { allowed: [a, b] }"), key("models: { allowed: [b] }"))).toEqual([
      "k narrowed in checkout: limits only models a, b (key) → only models b (key), by hard lock",
    ]);
    expect(changed(key("models: { blocked: [a] }"), key("models: { blocked: [b] }")).map((line) => line.split(" ")[1])).toEqual([
      "widened",
      "narrowed",
    ]);
    expect(changed(key("models: { blocked: [a, b] }"), key("models: { blocked: [b] }")).map((line) => line.split(" ")[1])).toEqual([
      "widened",
    ]);
    expect(changed(key("monthlyUsd: 9, onBreach: block"), key("monthlyUsd: 9, onBreach: warn")).map((line) => line.split(" ")[1])).toEqual([
      "widened",
    ]);
  });

  it("that goes to another environment class leaves one and enters the other", () => {
    const key = (environment: string) => `projects: { checkout: { name: Checkout, keys: { k: { environment: ${environment} } } } }`;
    expect(changed(key("development"), key("production"))).toEqual([
      "k gained in checkout (production): nothing → call models, by hard lock",
      "k lost in checkout (development): call models → nothing, by hard lock",
    ]);
  });

  it("whose cap only an apply will know may be without one", () => {
    const stack = "projects: { checkout: { name: Checkout, keys: { k: { hourlyUsd: 25 } } } }";
    const unknown = accessOf(stack, "gatehouse", ["projects/checkout/keys/k#hourlyUsd"]);
    expect(accessDiff(accessOf(stack), unknown).map(({ change }) => change)).toEqual(["widened"]);
    expect(accessDiff(unknown, accessOf(stack)).map(({ change }) => change)).toEqual(["narrowed"]);
  });
});

describe("a ceiling that keys share", () => {
  it("is told once for all of them", () => {
    const stack = (usd: number, cap: number) => `
environmentLimits: { production: { monthlyUsd: ${usd} } }
projects:
  checkout:
    name: Checkout
    environment: production
    budgets: { team: { amountUsd: ${cap}, period: month, onBreach: block } }
    keys: { a: {}, b: {}, c: {} }`;
    expect(changed(stack(2000, 900), stack(4000, 500))).toEqual([
      "every key widened in every project (production): limits 2000 USD per month (environment production) → 4000 USD per month (environment production)",
      "every key narrowed in checkout (production): limits 900 USD per month (budget team) → 500 USD per month (budget team)",
    ]);
  });

  it("of the whole organization is told for every project, and an end of it widens", () => {
    const stack = (more: string) => `organization: { name: Acme${more} }\nkeys: { k: { environment: other } }`;
    expect(changed(stack(", requestsPerMinute: 900"), stack(""))).toEqual([
      "every key widened in every project: limits 900 requests per minute (organization) → none",
    ]);
  });
});
