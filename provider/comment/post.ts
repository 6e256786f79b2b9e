import { setTimeout as delay } from "node:timers/promises";
import { NotFound, Unreachable } from "../errors.js";
import { delayBeforeRetry } from "../http/retry.js";
import { type BodyOptions, commentBody } from "./comment-body.js";
import type { Comment, Forge } from "./forge.js";
import { markerOf } from "./marker.js";
import type { PreviewDocument } from "./preview-document.js";

export interface Posted {
  readonly outcome: "created" | "updated" | "unchanged";
  readonly url?: string | undefined;
}

/** More rounds than two runs at once can cause. */
const MOST_ROUNDS = 4;

/**
 * Puts the preview of a stack on a pull request: one comment for each stack, updated in place and not written when it says the same
 * already. Looks again after it has created one: of those that several runs created at once the oldest stays, and what an attempt
 * without an answer left behind is taken for what it is.
 */
export async function postComment(forge: Forge, preview: PreviewDocument, options: Omit<BodyOptions, "maxCharacters">): Promise<Posted> {
  const { project, stack } = "failed" in preview ? preview.failed : preview.report;
  const marker = markerOf(project, stack);
  const body = commentBody(marker, preview, { ...options, maxCharacters: forge.limitCharacters });
  let created: Comment | undefined;
  for (let round = 1; ; round++) {
    const [kept, ...younger] = withCreated(await forge.find(marker), created);
    try {
      if (kept === undefined) {
        created = await forge.create(body);
        continue;
      }
      const isSaid = isSameText(kept.body, body);
      if (!isSaid) await forge.update(kept.id, body);
      for (const duplicate of younger) await removed(forge, duplicate);
      return { outcome: kept.id === created?.id ? "created" : isSaid ? "unchanged" : "updated", url: kept.url };
    } catch (error) {
      const wasLost = kept === undefined ? error instanceof Unreachable : error instanceof NotFound;
      const wait = delayBeforeRetry({}, round, true, Date.now());
      if (!wasLost || round >= MOST_ROUNDS || wait === undefined) throw error;
      created = undefined;
      await delay(wait);
    }
  }
}

/** A list may be older than what was just created. */
function withCreated(found: readonly Comment[], created: Comment | undefined): readonly Comment[] {
  if (created === undefined || found.some(({ id }) => id === created.id)) return found;
  return [...found, created].toSorted((a, b) => a.id - b.id);
}

/** Platforms keep line ends and the end of a text in their own way. */
function isSameText(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

function plain(text: string): string {
  return text.replaceAll("\r\n", "\n").trimEnd();
}

async function removed(forge: Forge, { id }: Comment): Promise<void> {
  try {
    await forge.remove(id);
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
  }
}
