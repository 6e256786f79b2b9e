import { describe, expect, it } from "vitest";
import { singleSignOnIsRequired } from "../../provider/policies/rules/single-sign-on-is-required.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

const sso = (text: string) => `security: { singleSignOn: { ${text} } }`;
const OIDC = "protocol: oidc, identityProviderUrl: https://id.acme.example";

ruleCases(singleSignOnIsRequired, {
  passes: `organization: { name: Acme }\n${sso(`status: required, ${OIDC}`)}`,
  fails: sso('status: "off"'),
  message:
    "SecurityPolicy security (singleSignOn.status) switches single sign-on off. Only the identity provider knows who has left; a password outlives its owner's contract. Write `security: { singleSignOn: { status: gradual, protocol: oidc, identityProviderUrl: …, adminOwner: … } }`, try it out, then `required`.",
  unknown: ["security#singleSignOn.status"],
});

const judged = (text: string, system?: string, unknown?: readonly string[]) => told(singleSignOnIsRequired, viewOf(text, system, unknown));

describe("single-sign-on-is-required", () => {
  it("advises it where nothing is declared, and insists in a strict house", () => {
    const nothing = "organization: { name: Acme }\nmembers: { ada@acme.example: admin }";
    expect(judged(nothing)).toEqual([
      expect.stringMatching(/^advisory: Organization organization is in a stack that declares no single sign-on\./),
    ]);
    expect(judged(`${nothing}\ngovernance: { preset: strict }`)).toEqual([expect.stringMatching(/^mandatory: /)]);
    expect(judged("members: { ada@acme.example: admin }")[0]).toMatch(/^advisory: OrganizationMember members\/ada@acme.example /);
    expect(judged("security: { sessionMinutes: 60 }")[0]).toMatch(/^advisory: SecurityPolicy security .* says nothing of single sign-on/);
    expect(judged("projects: { checkout: { name: Checkout } }")).toEqual([]);
  });

  it.each(["olyx", "floopy", "qodex", "routerly"])("asks nothing of %s, which has none", (system) => {
    expect(judged("organization: { name: Acme }\nmembers: { ada@acme.example: admin }", system)).toEqual([]);
  });

  it("wants an administrator with a way in while it is rolled out (A-50)", () => {
    const rolledOut = (more: string) =>
      judged(
        `members: { ada@acme.example: admin, kim@acme.example: member }\n${sso(`status: gradual, ${OIDC}, clientId: acme${more}`)}`,
        "anyint",
      );
    expect(rolledOut("")).toEqual([
      expect.stringMatching(/^advisory: SecurityPolicy security \(singleSignOn.status\) leaves passwords open beside single sign-on\./),
      expect.stringMatching(/^mandatory: SecurityPolicy security \(singleSignOn.adminOwner\) names nobody who keeps a way in\./),
    ]);
    expect(rolledOut(", adminOwner: Ada@acme.example")).toHaveLength(1);
    expect(rolledOut(", adminOwner: kim@acme.example")[1]).toMatch(
      /^mandatory: .* leaves the way in to kim@acme.example, who is no administrator\./,
    );
    expect(rolledOut(", adminOwner: zoe@acme.example")[1]).toMatch(/who is no administrator/);
  });

  it("believes the way in while the role of that person is unknown", () => {
    const text = `members: { kim@acme.example: member }\n${sso(`status: required, ${OIDC}, adminOwner: kim@acme.example`)}`;
    expect(judged(text)).toHaveLength(1);
    expect(judged(text, "gatehouse", ["members/kim@acme.example#role"])).toEqual([]);
    expect(judged(text, "gatehouse", ["security#singleSignOn.adminOwner"])).toEqual([]);
  });
});
