import { describe, expect, it } from "vitest";
import { accessHtml, accessJson, accessMatrix, accessText } from "../../../provider/report/access/index.js";
import { accessIn, accessOf, seen, told } from "./support/access.js";

const ACCESS = accessOf(`
members: { bea@acme.example: admin, fin@acme.example: finance }
projects:
  checkout:
    name: Checkout AI
    environment: production
    members: { kim@acme.example: editor, bea@acme.example: viewer }
    keys: { checkout-prod: { owner: bea@acme.example, hourlyUsd: 25 } }`);

describe("the matrix", () => {
  it("has people before keys, and a row for each place in which something was given", () => {
    expect(accessMatrix(ACCESS).map((row) => [row.subject.name, row.project ?? row.in])).toEqual([
      ["bea@acme.example", "organization"],
      ["bea@acme.example", "everyProject"],
      ["bea@acme.example", "checkout"],
      ["fin@acme.example", "organization"],
      ["kim@acme.example", "checkout"],
      ["checkout-prod", "checkout"],
    ]);
  });

  it.each(["checkout", "Checkout AI", "projects/checkout"])("shows everybody who reaches a project, by whatever name: %s", (project) => {
    expect(accessMatrix(ACCESS, { project }).map(({ subject }) => subject.name)).toEqual([
      "bea@acme.example",
      "kim@acme.example",
      "checkout-prod",
    ]);
  });

  it("finds a person without regard to case, and nobody where there is nobody", () => {
    expect(told(ACCESS, "FIN@acme.example")).toHaveLength(1);
    expect(told(ACCESS, "nobody@acme.example")).toEqual([]);
  });

  it("names who answers for a key", () => {
    expect(accessMatrix(ACCESS, { who: "checkout-prod" }).map(({ owner }) => owner)).toEqual(["bea@acme.example"]);
  });

  it("keeps control planes apart", () => {
    const access = accessOf(`
controlPlanes: { eu: { system: floopy }, us: { system: anyint } }
members: { bea@acme.example: { role: admin, on: [eu, us] } }`);
    expect(accessMatrix(access).map((row) => [row.controlPlane, row.system, row.in, row.capabilities.includes("billing")])).toEqual([
      ["eu", "floopy", "organization", false],
      ["eu", "floopy", "everyProject", false],
      ["us", "anyint", "organization", true],
      ["us", "anyint", "everyProject", false],
    ]);
  });
});

describe("the matrix as text", () => {
  const rows = accessMatrix(ACCESS, { project: "checkout" });

  it("is a table that wraps within the width", () => {
    expect(accessText(rows, { width: 120 })).toBe(
      [
        "WHO               WHERE     ENVIRONMENT  CAN                        LIMITS                     BY",
        "bea@acme.example  checkout  production   view, call models, manage                             organization role admin;",
        "                                         keys, manage members,                                 member of checkout as",
        "                                         configure, delete                                     viewer (adds nothing)",
        "kim@acme.example  checkout  production   view, call models, manage                             member of checkout as",
        "                                         keys, configure                                       editor",
        "checkout-prod     checkout  production   call models                25 USD per hour, then      hard lock",
        "                                                                    pause (key)",
      ].join("\n"),
    );
  });

  it.each([40, 60, 80, 100, 200])("is never wider than %i characters", (width) => {
    expect(
      Math.max(
        ...accessText(rows, { width })
          .split("\n")
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(width);
  });

  it("becomes blocks where columns would be too narrow", () => {
    expect(accessText(accessMatrix(ACCESS, { who: "kim@acme.example" }), { width: 40 })).toBe(
      [
        "kim@acme.example",
        "  where: checkout",
        "  environment: production",
        "  can: view, call models, manage keys,",
        "  configure",
        "  by: member of checkout as editor",
      ].join("\n"),
    );
  });

  it("lets no name of a stack move the cursor", () => {
    const access = accessIn([seen("ApiKey", "k", { name: "\u001b[2Jevil\u202E", project: "p" })]);
    expect(accessText(accessMatrix(access))).not.toMatch(/[\p{Cf}]|(?!\n)\p{Cc}/u);
  });

  it("says so when there is nobody", () => {
    expect(accessText([])).toBe("Nobody has access that this stack declares.");
  });
});

describe("the matrix as HTML", () => {
  it("is a table with heads for its columns and rows, each cell with the name of its column for a phone", () => {
    const { source } = accessHtml(accessMatrix(ACCESS, { who: "kim@acme.example" }));
    expect([...source.matchAll(/<th [^>]*>([^<]*)</g)].map(([, text]) => text)).toEqual([
      ...["Who", "Where", "Environment", "Can", "Limits", "By"],
      "kim@acme.example",
    ]);
    expect([...source.matchAll(/<td [^>]*data-column="([^"]*)">([^<]*)</g)].map(([, column, text]) => [column, text])).toEqual([
      ["Where", "checkout"],
      ["Environment", "production"],
      ["Can", "view, call models, manage keys, configure"],
      ["Limits", ""],
      ["By", "member of checkout as editor"],
    ]);
  });

  it("escapes whatever a stack file says", () => {
    const access = accessIn([
      seen("Project", "p", { slug: "p", name: "p" }),
      seen("ApiKey", "k", { name: `<img src=x onerror="a('b')">&`, project: "<b>p</b>" }),
      seen("ProjectMember", "m", { project: "p", user: "a@acme.example", role: "<script>" }),
    ]);
    const { source } = accessHtml(accessMatrix(access));
    expect(source).toContain("&#60;img src=x onerror=&#34;a(&#39;b&#39;)&#34;&#62;&#38;");
    expect(source).not.toMatch(/<(img|b|script)/);
  });
});

describe("the matrix as JSON", () => {
  it("holds everything that a row holds", () => {
    expect(JSON.parse(JSON.stringify(accessJson(accessMatrix(ACCESS, { who: "checkout-prod" }))))).toEqual([
      {
        who: { type: "key", name: "checkout-prod" },
        owner: "bea@acme.example",
        controlPlane: "main",
        system: "gatehouse",
        in: "project",
        project: "checkout",
        environment: "production",
        capabilities: ["callModels"],
        maybe: [],
        limits: [{ what: "USD per hour", rule: "ceiling", value: 25, effect: "pause", from: "key" }],
        ways: [{ via: "hard lock", addsNothing: false }],
      },
    ]);
  });
});
