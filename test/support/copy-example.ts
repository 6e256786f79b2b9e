import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inDays } from "./in-days.js";

/** The day on which the keys of the examples end. It comes, and they have to be there in a test of any year. */
const WRITTEN = "2027-02-01";
const AHEAD = inDays(60);

/** Copies an example, or one of its files, with ends that are ahead. */
export function copyExample(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
  const files = /\.ya?ml$/.test(to) ? [to] : readdirSync(to, { recursive: true, encoding: "utf8" }).map((file) => join(to, file));
  for (const file of files.filter((one) => one.endsWith(".yaml"))) {
    writeFileSync(file, readFileSync(file, "utf8").replaceAll(WRITTEN, AHEAD));
  }
}

/** A text about such a copy, with the ends as the example has them. */
export function asWritten(text: string): string {
  return text.replaceAll(AHEAD, WRITTEN);
}
