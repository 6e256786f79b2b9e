import language from "@pulumi/pulumi/proto/language_pb.js";
import { exitCode } from "./children.js";
import type { HostContext } from "./host-context.js";
import { runtimeOptions } from "./runtime-options.js";
import { sdkModule } from "./sdk-module.js";

/** Code with which the SDK's runner says that it has told the user about the error already. */
const TOLD = 32;

/** Runs a Pulumi program; its output goes where the engine reads ours. */
export async function runProgram({ engineAddress, children }: HostContext, request: language.RunRequest): Promise<language.RunResponse> {
  const info = request.getInfo();
  const options = runtimeOptions(info);
  const runner = sdkModule(info?.getProgramDirectory() || request.getPwd(), "run");
  const child = children.startNode([...options.nodeArgs, runner, ...flags(request, engineAddress)], {
    cwd: request.getPwd(),
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...process.env,
      ...options.environment,
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    },
  });
  return response(await exitCode(child));
}

function flags(request: language.RunRequest, engineAddress: string): string[] {
  const info = request.getInfo();
  return [
    `--monitor=${request.getMonitorAddress()}`,
    `--engine=${engineAddress}`,
    `--organization=${request.getOrganization()}`,
    `--project=${request.getProject()}`,
    `--root-directory=${info?.getRootDirectory() ?? request.getPwd()}`,
    `--stack=${request.getStack()}`,
    `--pwd=${request.getPwd()}`,
    ...(request.getDryrun() ? ["--dry-run"] : []),
    ...(request.getQuerymode() ? ["--query-mode"] : []),
    `--parallel=${request.getParallel()}`,
    info?.getEntryPoint() || request.getProgram() || ".",
    ...request.getArgsList(),
  ];
}

function response(code: number): language.RunResponse {
  const answer = new language.RunResponse();
  if (code === TOLD) return answer.setBail(true);
  return code === 0 ? answer : answer.setError(`Program exited with non-zero exit code: ${code}`);
}
