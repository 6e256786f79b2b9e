import { escapeMarkdown } from "./markdown-escape.js";
import { clipped } from "./printable.js";

/** So that no single text makes a comment too long. */
const LONGEST_TEXT = 1000;

export const SIGNS = { critical: "🔴", high: "🟠", medium: "🟡", low: "⚪" } as const;

export function prose(text: string): string {
  return escapeMarkdown(clipped(text, LONGEST_TEXT));
}

/** Markdown inside HTML is read only after an empty line. */
export function folded(summary: string, content: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${content}\n\n</details>`;
}
