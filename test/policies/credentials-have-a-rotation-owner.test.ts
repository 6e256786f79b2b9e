import { expect, it } from "vitest";
import { credentialsHaveARotationOwner } from "../../provider/policies/rules/credentials-have-a-rotation-owner.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

ruleCases(credentialsHaveARotationOwner, {
  passes: `
organization: { name: Acme, contacts: { security: sec@acme.example } }
credentials: { shared: { provider: openai, value: { env: GATEHOUSE_OPENAI_KEY } } }
projects:
  checkout:
    name: Checkout
    launch: { keyOwner: lin@acme.example }
    credentials: { own: { provider: openai, value: { env: GATEHOUSE_OPENAI_KEY_CHECKOUT } } }`,
  fails: `projects: { checkout: { name: Checkout, credentials: { own: { provider: openai, value: { env: GATEHOUSE_OPENAI_KEY } } } } }`,
  message:
    "ProviderCredential projects/checkout/credentials/own has nobody who rotates it: projects/checkout names no key owner. A provider's key that nobody rotates is old by the day it leaks, and nobody knows where to turn. Write `launch: { keyOwner: lin@acme.example }` on the project.",
  unknown: ["projects/checkout#launch"],
});

const shared = (contacts: string) => `
organization: { name: Acme, contacts: ${contacts} }
credentials: { shared: { provider: openai, value: { env: GATEHOUSE_OPENAI_KEY } } }`;

it.each(["gatehouse", "anyint"])("credentials-have-a-rotation-owner wants a security contact for the organization's on %s", (system) => {
  expect(told(credentialsHaveARotationOwner, viewOf(shared("{ security: sec@acme.example }"), system))).toEqual([]);
  expect(told(credentialsHaveARotationOwner, viewOf(shared("{ billing: b@acme.example }"), system))).toEqual([
    expect.stringContaining("ProviderCredential credentials/shared has nobody who rotates it: the organization names no security contact."),
  ]);
});

it("credentials-have-a-rotation-owner asks nothing where the organization has no contacts or is not declared", () => {
  const credential = "credentials: { shared: { provider: openai, value: { env: GATEHOUSE_OPENAI_KEY } } }";
  expect(told(credentialsHaveARotationOwner, viewOf(`organization: { name: Acme }\n${credential}`, "floopy"))).toEqual([]);
  expect(told(credentialsHaveARotationOwner, viewOf(credential))).toEqual([]);
});

it("credentials-have-a-rotation-owner waits for contacts that are not known yet", () => {
  expect(
    told(credentialsHaveARotationOwner, viewOf(shared("{ billing: b@acme.example }"), "gatehouse", ["organization#contacts"])),
  ).toEqual([]);
});
