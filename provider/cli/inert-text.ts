/** What moves a cursor or stays invisible. With what follows it, an escape character is a colour, and ours. */
const CONTROL = /([\p{Cc}\p{Cf}])(\[[\d;]*m)?/gu;
const ESCAPE = "\u001B";

/**
 * What a runner of CI jobs takes for a command: `##[…]` of GitHub and Azure, `##vso[…]` and `##teamcity[…]`, anywhere in a line, and
 * GitHub's `::` at the beginning of one.
 */
const RUNNER_COMMAND = /#(?=#\w*\[)|(?<=^[^\S\n]*):(?=:)/gm;

/**
 * Text as a terminal and the log of a job may have it: whatever it quotes, it moves no cursor and gives the runner no command. Escapes
 * are those of JSON, so that a document means what it meant.
 */
export function inertText(text: string): string {
  return text.replaceAll(CONTROL, withoutControl).replaceAll(RUNNER_COMMAND, escaped);
}

function withoutControl(found: string, character: string, color = ""): string {
  const isOurs = character === "\n" || character === "\t" || (character === ESCAPE && color !== "");
  return isOurs ? found : escaped(character) + color;
}

function escaped(text: string): string {
  return text
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
