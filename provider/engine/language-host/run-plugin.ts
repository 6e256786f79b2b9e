import type { ServerWritableStream } from "@grpc/grpc-js";
import language from "@pulumi/pulumi/proto/language_pb.js";
import { type Children, exitCode } from "./children.js";
import { runtimeOptions } from "./runtime-options.js";
import { sdkModule } from "./sdk-module.js";

type Call = ServerWritableStream<language.RunPluginRequest, language.RunPluginResponse>;

/** Kind under which the engine asks for a policy pack; its runner takes the folder's entry point instead of a folder of its own. */
const POLICY_PACK = "analyzer";

/**
 * Runs a plugin that is a folder, such as a policy pack, and streams its output. A pack runs in its own folder, where it reads its
 * package.json. The plugin ends when the engine drops the call.
 */
export function runPlugin(children: Children): (call: Call) => void {
  return (call) => {
    start(children, call).catch((error: Error) => call.destroy(error));
  };
}

async function start(children: Children, call: Call): Promise<void> {
  const { request } = call;
  const info = request.getInfo();
  const folder = info?.getProgramDirectory() ?? request.getPwd();
  const isPack = request.getKind() === POLICY_PACK;
  const options = runtimeOptions(info);
  const runner = sdkModule(folder, isPack ? "run-policy-pack" : "run-plugin");
  const child = children.startNode([...options.nodeArgs, runner, ...programArguments(request, isPack, folder)], {
    cwd: isPack ? folder : request.getPwd(),
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environmentOf(request), ...options.environment },
  });
  call.once("cancelled", () => child.kill("SIGTERM"));
  child.stdout?.on("data", (chunk: Buffer) => call.write(new language.RunPluginResponse().setStdout(chunk)));
  child.stderr?.on("data", (chunk: Buffer) => call.write(new language.RunPluginResponse().setStderr(chunk)));
  call.write(new language.RunPluginResponse().setExitcode(await exitCode(child)));
  call.end();
}

function programArguments(request: language.RunPluginRequest, isPack: boolean, folder: string): string[] {
  const args = request.getArgsList();
  return isPack ? [...args, "."] : [folder, ...args];
}

function environmentOf(request: language.RunPluginRequest): Record<string, string> {
  const pairs = request.getEnvList().map((entry) => {
    const equals = entry.indexOf("=");
    return [entry.slice(0, equals), entry.slice(equals + 1)] as const;
  });
  return Object.fromEntries(pairs);
}
