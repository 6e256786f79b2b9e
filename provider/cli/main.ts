#!/usr/bin/env node
/** The entry of the command line: refuses a Node that is too old before anything is loaded that needs a newer one. */
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 13)) {
  process.stderr.write(`gatehouse needs Node 22.13 or newer; this is ${process.versions.node}.\n`);
  process.exit(1);
}
const { compileOnce } = await import("./compile-once.js");
compileOnce();
const { main } = await import("./program.js");
process.exitCode = await main(process.argv.slice(2));
