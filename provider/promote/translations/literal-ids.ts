import { inputFields } from "../../../schema/kind.js";
import type { KindName } from "../../../schema/kinds/index.js";
import type { Draft, DraftEntry } from "../draft.js";
import { named } from "../named.js";
import { namingsIn, renameIn } from "../references.js";
import type { Way } from "../way.js";
import type { Translation } from "./translation.js";

/**
 * Ids of the source that somebody wrote into a value: they mean nothing at the target. Where a field refers to an object and the source's
 * state knows the id, the name stands there instead; any other is told.
 */
export const literalIds: Translation = (draft, way) => {
  for (const entry of draft.entries()) {
    references(draft, way, entry);
    elsewhere(draft, way, entry);
  }
};

function references(draft: Draft, { known }: Way, entry: DraftEntry): void {
  for (const { field, kind, by, text } of namingsIn(entry).filter((one) => one.by === "id")) {
    const object = known.find((one) => one.kind === kind && one.id === text);
    const key = object && draft.entryAt(object.path)?.key;
    if (key !== undefined) {
      renameIn(draft, entry, kind, (one) => (one === text ? key : undefined));
      draft.tell(entry, { field, result: "translated", from: text, to: key, why: "an id of the source, by the name of its object" });
    } else if (named(draft, kind as KindName, text, entry, by) === undefined && looksLikeId(text)) {
      const why = `looks like the id of a ${kind} at the source, which means nothing at the target: name the object`;
      draft.tell(entry, { field, result: "open", from: text, why });
    }
  }
}

function elsewhere(draft: Draft, { known }: Way, entry: DraftEntry): void {
  const referring = new Set(namingsIn(entry).map(({ field }) => field));
  for (const [field, value] of Object.entries(entry.given)) {
    if (referring.has(field) || inputFields(entry.kind)[field]?.flags.secret) continue;
    for (const text of textsIn(value).filter(looksLikeId)) {
      const object = known.find(({ id }) => id === text);
      if (object === undefined) continue;
      draft.tell(entry, {
        field,
        result: "open",
        from: text,
        why: `is the id of ${object.path} at the source, and means nothing at the target`,
      });
    }
  }
}

/** How systems write ids that nobody would choose for a name. */
function looksLikeId(text: string): boolean {
  return (
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) || /^[a-z]{2,5}_[0-9A-Za-z]{8,}$/.test(text) || /^[0-9a-f]{16,}$/.test(text)
  );
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
