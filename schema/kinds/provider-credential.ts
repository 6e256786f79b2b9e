import { ref, secret, text } from "../field.js";
import { defineKind } from "../kind.js";

/** The organization's or a project's own key at a model provider. Written and never read back. */
export const providerCredential = defineKind("ProviderCredential", {
  path: "/credentials",
  key: ["name"],
  about: "security",
  stackFile: [
    { at: ["credentials"], keyField: "name" },
    { under: "Project", at: ["credentials"], keyField: "name" },
  ],
  fields: {
    /** Name by which models refer to the credential. Changing it replaces the credential. */
    name: text({ maxLength: 100, replace: true, named: true }),
    /** Provider the credential is for: openai, anthropic, gemini. Changing it replaces the credential. */
    provider: text({ maxLength: 64, replace: true }),
    /** Project that uses it; the whole organization when absent. Changing it replaces the credential. */
    project: ref("Project", { optional: true, replace: true }),
    /** The provider's key. Raise the version of its reference to send it again. */
    value: secret(),
    /** Assigned by the control plane. */
    credentialId: text({ computed: true }),
    /** The last characters, where the system shows them. */
    maskedValue: text({ computed: true }),
  },
});
