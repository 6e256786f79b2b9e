import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";

/** The environment for everything after the dependencies are installed: their programs first on PATH, Node among them. */
export function environment(root) {
  return { ...process.env, PATH: [join(root, "node_modules/.bin"), process.env.PATH].join(delimiter) };
}

/**
 * Runs a program and returns its standard output. What it writes to standard error is shown as it comes, or kept for the message of
 * the error that a failure throws.
 */
export function runQuietly(command, args, cwd, { showErrors = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: environment(cwd), stdio: ["ignore", "pipe", showErrors ? "inherit" : "pipe"] });
    let output = "";
    let errors = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr?.on("data", (chunk) => {
      errors += chunk;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(output);
      else reject(new Error([`${command} ${args.join(" ")} failed with exit code ${code}`, output, errors].join("\n").trim()));
    });
  });
}

/** Runs a program on this terminal and returns its exit code. Signals reach it too, and only its own end ends this process. */
export function runInForeground(command, args, cwd, { stdin = "inherit" } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: environment(cwd), stdio: [stdin, "inherit", "inherit"] });
    // A terminal sends its interrupt to both.
    process.on("SIGINT", () => {});
    for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}
