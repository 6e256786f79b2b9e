import { defineRule } from "../rule.js";
import { UNKNOWN } from "../seen.js";

export const credentialsHaveARotationOwner = defineRule({
  name: "credentials-have-a-rotation-owner",
  title: "Somebody is named who rotates a provider's key",
  why: "A provider's key that nobody rotates is old by the day it leaks, and nobody knows where to turn.",
  enforces: ["A-54"],
  level: "advisory",
  settings: {},
  check: (view) =>
    view.of("ProviderCredential").flatMap((credential) => {
      const project = view.projectOf(credential);
      if (project !== undefined) {
        const launch = project.inputs.launch ?? {};
        if (typeof launch !== "object" || launch.keyOwner !== undefined || !view.offers(project, "launch.keyOwner")) return [];
        const advice = "Write `launch: { keyOwner: lin@acme.example }` on the project.";
        return [{ object: credential, what: `has nobody who rotates it: ${project.name} names no key owner`, advice }];
      }
      const organization = view.of("Organization").find(({ controlPlane }) => controlPlane === credential.controlPlane);
      // An organization that is not declared, or a project that is not in view, may name somebody.
      if (organization === undefined || credential.inputs.project !== undefined) return [];
      const contacts = organization.inputs.contacts ?? {};
      if (contacts === UNKNOWN || contacts.security !== undefined || !view.offers(organization, "contacts.security")) return [];
      const advice = "Write `contacts: { security: security@acme.example }` on the organization, or nest the credential under its project.";
      return [{ object: credential, what: "has nobody who rotates it: the organization names no security contact", advice }];
    }),
  example: {
    bad: `
projects:
  checkout: { name: Checkout AI, credentials: { own: { provider: openai, value: { env: GATEHOUSE_OPENAI_KEY } } } }`,
    good: `
projects:
  checkout:
    name: Checkout AI
    launch: { owner: lin@acme.example, keyOwner: lin@acme.example }
    credentials: { own: { provider: openai, value: { env: GATEHOUSE_OPENAI_KEY } } }`,
  },
});
