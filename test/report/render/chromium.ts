import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, launch } from "puppeteer-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * A headless Chromium, spoken to over pipes. It is the one that CHROME names, which `npm test` sets, else one on PATH.
 * @throws Error that says what to install
 */
export function launchChromium(): Promise<Browser> {
  // Chromium's sandbox does not work for root, which is whom containers run as.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return launch({ executablePath: chromiumPath(), args, pipe: true });
}

function chromiumPath(): string {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const candidates = [process.env.CHROME ?? "", ...NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))];
  const found = candidates.find((file) => file !== "" && isExecutable(file));
  if (found === undefined) {
    throw new Error(
      "There is no Chromium to open the report in: install one (on Debian, apt-get install chromium fonts-dejavu-core), or set CHROME to its path.",
    );
  }
  return found;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
