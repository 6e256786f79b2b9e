import type { Problem } from "../../../schema/kind.js";
import type { Context } from "../context.js";
import type { Values } from "../store/objects.js";
import type { KindRules } from "./kind-rules.js";

/** Routing names models by identifier: what it names must be registered and stays registered. */
export const model: KindRules = {
  unknownCode: "model_not_registered",
  inUseCode: "model_in_use",
  check: (context, after) => credentialProblems(context, after),
};

/** A model is called with a credential of its own project or of the organization. */
function credentialProblems({ store, profile }: Context, { credential, project }: Values): Problem[] {
  if (typeof credential !== "string" || profile.kinds?.includes("ProviderCredential") === false) return [];
  const found = store.objects.get("ProviderCredential", credential);
  if (found !== undefined && (found.body.project === undefined || found.body.project === project)) return [];
  const reason = `names the ProviderCredential "${credential}", which does not exist in this project or the organization`;
  return [{ property: "credential", reason }];
}
