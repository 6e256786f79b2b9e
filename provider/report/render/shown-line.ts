import { withoutSecretShapes } from "../without-secrets.js";
import { printable } from "./printable.js";

/**
 * One line of plain text with words of others in it, as anybody may read it: nothing in it looks like a secret, ends the line, moves
 * the cursor or stays invisible. Every line that holds such words goes through here.
 */
export function shownLine(text: string, indent = ""): string {
  return indent + printable(withoutSecretShapes(text));
}

/** A text of several lines in the same way. Those after the first are indented, so that no word of others begins a line. */
export function shownLines(text: string): string {
  return withoutSecretShapes(text)
    .split("\n")
    .map((line, index) => (index === 0 ? "" : "  ") + printable(line))
    .filter((line) => line.trim() !== "")
    .join("\n");
}
