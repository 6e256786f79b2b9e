import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ServerWritableStream } from "@grpc/grpc-js";
import language from "@pulumi/pulumi/proto/language_pb.js";
import { type Children, exitCode } from "./children.js";

type Call = ServerWritableStream<language.InstallDependenciesRequest, language.InstallDependenciesResponse>;

/** Installs what a project's own package.json asks for with npm; a folder without one has nothing to install. */
export function installDependencies(children: Children): (call: Call) => void {
  return (call) => {
    start(children, call).catch((error: Error) => call.destroy(error));
  };
}

async function start(children: Children, call: Call): Promise<void> {
  const folder = call.request.getDirectory();
  if (existsSync(join(folder, "package.json"))) {
    const command = existsSync(join(folder, "package-lock.json")) ? "ci" : "install";
    const child = children.start("npm", [command, "--loglevel=error"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout?.on("data", (chunk: Buffer) => call.write(new language.InstallDependenciesResponse().setStdout(chunk)));
    child.stderr?.on("data", (chunk: Buffer) => call.write(new language.InstallDependenciesResponse().setStderr(chunk)));
    const code = await exitCode(child);
    if (code !== 0) throw new Error(`npm ${command} failed in ${folder} with exit code ${code}`);
  }
  call.end();
}
