/** Writes every generated file; with `--check` compares instead, and exits with 1 when one is stale. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generatedFiles, packageRoot } from "../schema/generate/generated-files.js";
import { readmeSections } from "./readme-sections.js";

const root = packageRoot();
const stale = generatedFiles(readmeSections(), root).filter(({ content, present }) => content !== present);

if (process.argv.includes("--check")) {
  for (const { path } of stale) process.stderr.write(`${path} is stale: run \`npm run generate\`\n`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const { path, content } of stale) {
    writeFileSync(join(root, path), content);
    process.stdout.write(`wrote ${path}\n`);
  }
}
