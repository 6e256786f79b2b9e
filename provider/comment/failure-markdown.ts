import { fitted } from "../report/render/fitting.js";
import { codeSpan, escapeMarkdown } from "../report/render/markdown-escape.js";
import { clipped } from "../report/render/printable.js";
import type { FailedPreview, PreviewFailure } from "./preview-document.js";

const LONGEST_NAME = 200;
/** So that no single failure makes a comment too long. */
const LONGEST_LINE = 500;
const MOST_LINES = 20;

/**
 * What a comment says when there is no report. It replaces the report of an earlier commit, whose verdict says nothing of this one.
 * Nothing in a message becomes Markdown, HTML, a link or a mention.
 */
export function failureMarkdown({ project, stack, failures }: FailedPreview, maxCharacters: number): string {
  const head = `## ❌ Preview failed: ${codeSpan(clipped(`${project}/${stack}`, LONGEST_NAME))}`;
  const lead = "Nothing is known of what this change would do. Do not merge it before a preview has succeeded.";
  const items = failures.map((failure) => ({ text: itemOf(failure), label: "failures" }));
  return fitted([{ rank: 1, items, layout: (texts) => texts.join("\n") }], maxCharacters, (parts, omitted) => {
    const count = omitted.get("failures") ?? 0;
    const note = count === 0 ? [] : [`**Left out, since the comment would be too long: ${count} failures.** The log of the job has them.`];
    return `${[head, lead, ...parts, ...note].join("\n\n")}\n`;
  });
}

function itemOf({ name, message }: PreviewFailure): string {
  const all = message.split("\n").filter((line) => line.trim() !== "");
  const lines = all.slice(0, MOST_LINES).map((line) => escapeMarkdown(clipped(line, LONGEST_LINE)));
  const more = all.length > MOST_LINES ? [`… and ${all.length - MOST_LINES} more lines`] : [];
  const text = [...lines, ...more].join("<br>");
  return `- ${name === undefined ? "" : `${codeSpan(clipped(name, LONGEST_NAME))}: `}${text}`;
}
