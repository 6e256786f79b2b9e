import type { handleUnaryCall, UntypedServiceImplementation } from "@grpc/grpc-js";
import language from "@pulumi/pulumi/proto/language_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import type { HostContext } from "./host-context.js";
import { installDependencies } from "./install-dependencies.js";
import { runPlugin } from "./run-plugin.js";
import { runProgram } from "./run-program.js";

/** Methods of the LanguageRuntime service. Those for generating code are left out: the engine is told that they are unimplemented. */
export function languageRuntime(context: HostContext): UntypedServiceImplementation {
  return {
    handshake: unary((request: language.LanguageHandshakeRequest) => {
      if (context.engineAddress === "") context.watchEngine(request.getEngineAddress());
      return new language.LanguageHandshakeResponse();
    }),
    // A program's providers are Node packages that it imports; there is nothing to install for the engine.
    getRequiredPackages: unary(() => new language.GetRequiredPackagesResponse()),
    getRequiredPlugins: unary(() => new language.GetRequiredPluginsResponse()),
    getProgramDependencies: unary(() => new language.GetProgramDependenciesResponse()),
    runtimeOptionsPrompts: unary(() => new language.RuntimeOptionsResponse()),
    getPluginInfo: unary(() => new plugin.PluginInfo().setVersion("0.0.0")),
    about: unary(() => new language.AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
    run: unary((request: language.RunRequest) => runProgram(context, request)),
    runPlugin: runPlugin(context.children),
    installDependencies: installDependencies(context.children),
    cancel: unary((empty: unknown) => empty),
  };
}

function unary<Request, Response>(answer: (request: Request) => Response | Promise<Response>): handleUnaryCall<Request, Response> {
  return (call, done) => {
    Promise.resolve()
      .then(() => answer(call.request))
      .then(
        (response) => done(null, response),
        (error: Error) => done({ message: error.message, code: 2 }),
      );
  };
}
