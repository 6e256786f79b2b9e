import type { Draft, DraftEntry } from "../draft.js";
import { named } from "../named.js";
import { lackOf, needs, offers, offersKind } from "../offers.js";
import type { Way } from "../way.js";
import type { Translation } from "./translation.js";

/** The provider's key stands with each model in some systems, and by itself in others. */
export const credentials: Translation = (draft, way) => {
  ontoModels(draft, way);
  apartFromModels(draft, way);
};

function ontoModels(draft: Draft, { target }: Way): void {
  if (offersKind(target, "ProviderCredential") || !offers(target, "Model", "apiKey")) return;
  const carried = new Map<DraftEntry["name"], readonly string[]>();
  for (const model of draft.entries("Model")) {
    const { credential } = model.given;
    const found = typeof credential === "string" ? named(draft, "ProviderCredential", credential, model, "name") : undefined;
    if (found === undefined || model.given.apiKey !== undefined) continue;
    draft.tell(model, { field: "credential", result: "translated", from: credential, to: "apiKey", why: "the key stands with the model" });
    draft.set(model, "apiKey", found.given.value);
    draft.unset(model, "credential");
    carried.set(found.name, [...(carried.get(found.name) ?? []), model.name]);
  }
  for (const [name, models] of carried) {
    const credential = draft.entryAt(name);
    if (credential === undefined) continue;
    draft.tell(credential, {
      result: "translated",
      to: models.map((model) => `apiKey on ${model}`),
      why: lackOf(target, "ProviderCredential"),
    });
    draft.remove(credential);
  }
}

function apartFromModels(draft: Draft, { target }: Way): void {
  if (offers(target, "Model", "apiKey") || !offersKind(target, "ProviderCredential") || needs(target, "ProviderCredential", "project"))
    return;
  // A project's own key would serve the whole organization.
  for (const model of draft.entries("Model").filter(({ owner }) => owner === undefined)) {
    const { apiKey, provider } = model.given;
    if (apiKey === undefined || typeof provider !== "string") continue;
    const name = nameFor(draft, provider, apiKey, model.key ?? provider);
    const path = ["credentials", name];
    if (draft.entryAt(path.join("/")) === undefined) draft.add(draft.main, path, { provider, value: apiKey });
    draft.tell(model, {
      field: "apiKey",
      result: "translated",
      from: apiKey,
      to: path.join("/"),
      why: "the provider's key stands by itself",
    });
    draft.unset(model, "apiKey");
  }
}

/** One credential a provider, as long as the key is the same. */
function nameFor(draft: Draft, provider: string, value: unknown, model: string): string {
  const there = draft.entryAt(`credentials/${provider}`);
  const isSame = there === undefined || JSON.stringify(there.given.value) === JSON.stringify(value);
  return isSame ? provider : `${provider}-${model}`;
}
