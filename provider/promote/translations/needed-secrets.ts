import { supportIn } from "../offers.js";
import type { Translation } from "./translation.js";

/** A secret that the target needs and the source does not have is named, so that whoever applies the stack can give it. */
export const neededSecrets: Translation = (draft, { target }) => {
  for (const entry of draft.entries()) {
    for (const [field, advice] of Object.entries(supportIn(target, entry.kindName)?.needs ?? {})) {
      if (entry.given[field] !== undefined || entry.kind.fields[field]?.flags.secret !== true) continue;
      const env = `GATEHOUSE_${variablePart(field.replace(/([A-Z])/g, "_$1"))}_${variablePart(entry.key ?? entry.name)}`;
      draft.set(entry, field, { env });
      draft.tell(entry, {
        field,
        result: "open",
        to: { env },
        why: `${target.title} needs it: ${advice}. Set the variable before the first up`,
      });
    }
  }
};

function variablePart(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9]+/g, "_");
}
