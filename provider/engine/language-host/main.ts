/**
 * Stands in for `pulumi-language-nodejs`, which official Pulumi installations bring and a build from the Go modules lacks: the
 * service through which the engine runs Node programs and folders of policies. The engine reads the port from the first line of
 * standard output, so nothing may be written there before it.
 */
import { Server, ServerCredentials, type ServiceDefinition, type UntypedServiceImplementation } from "@grpc/grpc-js";
import languageService from "@pulumi/pulumi/proto/language_grpc_pb.js";
import { Children } from "./children.js";
import { languageRuntime } from "./language-runtime.js";
import { whenGone } from "./when-gone.js";

/** Plans of large stacks exceed the 4 MB that gRPC allows by default. */
const MESSAGE_BYTES = 400 * 1024 * 1024;

const engineAddress = process.argv.slice(2).findLast((argument) => !argument.startsWith("-")) ?? "";
const children = new Children();
const server = new Server({ "grpc.max_receive_message_length": MESSAGE_BYTES, "grpc.max_send_message_length": MESSAGE_BYTES });

const end = (): void => {
  children.end();
  process.exit(0);
};
process.once("SIGINT", end);
process.once("SIGTERM", end);

// The SDK's typings leave the exported service definition untyped.
const definition = (languageService as { LanguageRuntimeService: ServiceDefinition<UntypedServiceImplementation> }).LanguageRuntimeService;
server.addService(definition, languageRuntime({ engineAddress, children, watchEngine: (address) => whenGone(address, end) }));
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  process.stdout.write(`${port}\n`);
});
if (engineAddress !== "") whenGone(engineAddress, end);
