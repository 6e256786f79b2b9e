import type { ProgramInfo } from "@pulumi/pulumi/proto/language_pb.js";

/** What a project may say under `runtime.options`, as far as it concerns how Node is started. */
export interface RuntimeOptions {
  readonly nodeArgs: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export function runtimeOptions(info: ProgramInfo | undefined): RuntimeOptions {
  const options = info?.getOptions()?.toJavaScript() ?? {};
  const { typescript = true, tsconfig, nodeargs } = options;
  return {
    nodeArgs: typeof nodeargs === "string" ? nodeargs.split(" ").filter((argument) => argument !== "") : [],
    environment: {
      PULUMI_NODEJS_TYPESCRIPT: String(typescript),
      ...(typeof tsconfig === "string" ? { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig } : {}),
    },
  };
}
