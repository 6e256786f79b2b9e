import { named } from "../named.js";
import { offersKind } from "../offers.js";
import { renameIn } from "../references.js";
import type { Translation } from "./translation.js";

/** A system without a registry knows a model by its name at the provider, and not by what the stack calls it. */
export const modelNames: Translation = (draft, { target }) => {
  if (offersKind(target, "Model")) return;
  for (const entry of draft.entries()) {
    renameIn(draft, entry, "Model", (text) => {
      const model = named(draft, "Model", text, entry, "identifier");
      const { upstreamModel, identifier } = model?.given ?? {};
      return typeof upstreamModel === "string" ? upstreamModel : typeof identifier === "string" ? identifier : undefined;
    });
  }
};
