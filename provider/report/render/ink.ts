import { styleText } from "node:util";
import type { Severity, Verdict } from "../report.js";

type Ink = Parameters<typeof styleText>[0];

export const VERDICT_INKS: Readonly<Record<Verdict, Ink>> = {
  safe: ["bold", "green"],
  review: ["bold", "yellow"],
  dangerous: ["bold", "red"],
  blocked: ["bold", "red"],
};

export const SEVERITY_INKS: Readonly<Record<Severity, Ink>> = {
  critical: ["bold", "red"],
  high: "red",
  medium: "yellow",
  low: "gray",
};

/** Colours a text, or leaves it. Whether to colour is the caller's to know: nothing is asked of a terminal or the environment. */
export function inkOf(ink: Ink, color: boolean): (text: string) => string {
  return (text) => (color ? styleText(ink, text, { validateStream: false }) : text);
}
