import { conflict } from "../refusal.js";
import type { KindRules } from "./kind-rules.js";

/** A provider's key. It goes only when no model is called with it. */
export const providerCredential: KindRules = {
  beforeDelete({ store }, credential) {
    const user = store.objects.find("Model", "credential", credential.id)[0];
    if (user === undefined) return;
    const detail = `the credential "${credential.body.name}" is in use by the model "${user.body.identifier}": delete or change that first`;
    throw conflict(detail, "credential_in_use");
  },
};
