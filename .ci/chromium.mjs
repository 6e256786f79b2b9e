/** The browser in which the tests open the HTML of a report. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { runQuietly } from "./child.mjs";
import { root } from "./setup.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const say = (line) => process.stderr.write(`gatehouse: ${line}\n`);

/**
 * Sets CHROME to a Chromium: the one it names, else one on PATH, else one that the system's packages install. Where none can be had, says
 * why and goes on: the tests that need it then fail and say what to install.
 */
export async function ensureChromium() {
  const chromium = presentChromium() ?? (await installed());
  if (chromium !== undefined) process.env.CHROME = chromium;
}

async function installed() {
  try {
    await installChromium();
    return presentChromium();
  } catch (error) {
    say(`Chromium could not be installed; install it, or set CHROME to its path. ${error.message}`);
    return undefined;
  }
}

function presentChromium() {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env.CHROME, ...candidates].find((file) => file !== undefined && file !== "" && isExecutable(file));
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function installChromium() {
  if (process.getuid?.() !== 0) throw new Error("Only root can use apt-get.");
  say("installing Chromium with apt-get");
  process.env.DEBIAN_FRONTEND ??= "noninteractive";
  await runQuietly("apt-get", ["update", "-q"], root);
  await runQuietly("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium", "fonts-dejavu-core"], root);
}
