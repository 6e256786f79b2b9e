/** `node .ci/with-setup.mjs [SCRIPT [ARGUMENT...]]`: sets up, then runs the script with the project's own Node. */
import { runInForeground } from "./child.mjs";
import { root, setUp } from "./setup.mjs";

try {
  await setUp();
  const script = process.argv.slice(2);
  if (script.length > 0) process.exitCode = await runInForeground("node", script, root);
} catch (error) {
  process.stderr.write(`gatehouse: ${error.message}\n`);
  process.exitCode = 1;
}
