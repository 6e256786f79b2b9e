import { printable } from "./printable.js";

/** Words that no Markdown of GitHub or GitLab makes anything of: letters and digits, joined by single hyphens or apostrophes. */
const WORD = /^[\p{L}\p{M}\p{N}]+(?:[-'’][\p{L}\p{M}\p{N}]+)*$/u;
const NUMBER = /^\d+(?:[.,]\d+)*%?$/;
/** What stands around a word in a sentence and means nothing in Markdown. */
const AROUND = /^(?<open>["'“‘(]*)(?<core>.*?)(?<close>["'”’),.;:?…]*)$/u;
const SIGN = /^[→—–…·]$/u;

/** Code in a sentence of our own (`(write \`status: archived\`).`), where it stands as a word: what is between the backticks stays code. */
const CODE = /(?<=^| )(?<open>["'“‘(]*)`(?<code>[^ `](?:[^`]*[^ `])?)`(?<close>["'”’),.;:?…]*)(?= |$)/gu;

/** Both platforms link these without any sign: commits, and issues of this and other trackers (`GH-12`). */
const REFERENCE = /\b[0-9a-f]{7,64}\b|-\p{N}/iu;

/**
 * Text as Markdown of one line that shows exactly this text, on GitHub and GitLab, in a paragraph, a list item, a table cell or a
 * summary. Words stay words; everything else goes into code spans, since mentions, references and addresses are looked for in the
 * finished page, after all escapes are gone, and code is where nobody looks. A word or more between two backticks is code without them.
 */
export function escapeMarkdown(text: string): string {
  const line = printable(text);
  let escaped = "";
  let end = 0;
  for (const { 0: whole, index, groups: { open = "", code = "", close = "" } = {} } of line.matchAll(CODE)) {
    escaped += `${escapedProse(line.slice(end, index), end === 0)}${open}${codeSpan(code)}${close}`;
    end = index + whole.length;
  }
  return escaped + escapedProse(line.slice(end), end === 0);
}

/** Only what stands first in its line can begin a list. */
function escapedProse(text: string, isFirst: boolean): string {
  return text
    .split(" ")
    .map((token, index) => (isFirst && index === 0 && isListMarker(token) ? codeSpan(token) : escapedToken(token)))
    .join(" ");
}

/** Text of one line in a code span. */
export function codeSpan(text: string): string {
  // A pipe ends the cell of a table even in a code span.
  return printable(text)
    .split(/(\|+)/)
    .map((part) => (part.startsWith("|") ? part.replaceAll("|", "&#124;") : fenced(part)))
    .join("");
}

/** A block of code, whatever it holds. */
export function codeBlock(text: string, language: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

function escapedToken(token: string): string {
  if (token === "" || SIGN.test(token)) return token;
  const { open = "", core = "", close = "" } = AROUND.exec(token)?.groups ?? {};
  return isPlain(core) ? token : `${open}${codeSpan(core)}${close}`;
}

function isPlain(core: string): boolean {
  return (NUMBER.test(core) || WORD.test(core)) && !REFERENCE.test(core);
}

/** `1.` and `1)` begin a list. */
function isListMarker(token: string): boolean {
  return /^\d+[.)]$/.test(token);
}

function fenced(text: string): string {
  if (text === "") return "";
  const fence = "`".repeat(longestRun(text) + 1);
  const pad = /^`|`$|^ .*\S.* $/.test(text) ? " " : "";
  return `${fence}${pad}${text}${pad}${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
