#!/usr/bin/env node
/**
 * The policy pack as an executable file: `--policy-pack` takes it without a language host. Nothing may be printed before the pack says
 * its port.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// The pack reads its version from the working folder's package.json. A link in `.bin` must not lead elsewhere.
process.chdir(join(dirname(fileURLToPath(import.meta.url)), "../../.."));
const { startPack } = await import("./start-pack.js");
startPack();
