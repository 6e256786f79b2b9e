import { protos } from "@google-cloud/secret-manager";
import { type handleUnaryCall, type MethodDefinition, Server, ServerCredentials, type ServiceError, status } from "@grpc/grpc-js";

const { AddSecretVersionRequest, AccessSecretVersionRequest, AccessSecretVersionResponse, CreateSecretRequest, Secret, SecretVersion } =
  protos.google.cloud.secretmanager.v1;

/** What a call is answered with instead of being done. */
export interface GoogleFault {
  readonly code: status;
  readonly details: string;
}

export interface FakeGoogle {
  readonly url: string;
  /** Values of each secret, the oldest first, by `projects/P/secrets/NAME`. */
  readonly secrets: Map<string, string[]>;
  /** Methods in their order, with what they were called on. */
  readonly calls: string[];
  /** Decides about each call before it is done; `sent` is the value that it holds. */
  before: ((method: string, sent: string) => GoogleFault | undefined) | undefined;
  /** The value that is handed out. */
  inUse(name: string): string | undefined;
  close(): void;
}

/** Google Secret Manager on a free port of this machine, over gRPC with the messages of the SDK, as far as a sink uses it. */
export async function startFakeGoogle(): Promise<FakeGoogle> {
  const server = new Server();
  const secrets: FakeGoogle["secrets"] = new Map();
  const calls: string[] = [];
  const valuesOf = (name: string): string[] => {
    const values = secrets.get(name);
    if (values === undefined) throw { code: status.NOT_FOUND, details: `Secret [${name}] not found or has no versions.` };
    return values;
  };
  const add = <Asked, Answered>(name: string, asked: Message<Asked>, answered: Message<Answered>, method: Method<Asked, Answered>) => {
    const definition: MethodDefinition<Asked, Answered> = {
      path: `/google.cloud.secretmanager.v1.SecretManagerService/${name}`,
      requestStream: false,
      responseStream: false,
      requestSerialize: (request) => Buffer.from(asked.encode(request).finish()),
      requestDeserialize: (bytes) => asked.decode(bytes),
      responseSerialize: (response) => Buffer.from(answered.encode(response).finish()),
      responseDeserialize: (bytes) => answered.decode(bytes),
    };
    const handle: handleUnaryCall<Asked, Answered> = ({ request }, callback) => {
      const { on, sent = "", act } = method(request);
      calls.push(`${name} ${on}`);
      try {
        const fault = service.before?.(name, sent);
        if (fault !== undefined) throw fault;
        callback(null, act());
      } catch (fault) {
        callback(fault as Partial<ServiceError>);
      }
    };
    server.addService({ [name]: definition }, { [name]: handle });
  };

  add("CreateSecret", CreateSecretRequest, Secret, ({ parent, secretId, secret }) => {
    const name = `${parent}/secrets/${secretId}`;
    return {
      on: name,
      act: () => {
        if (!secret?.replication?.automatic) throw { code: status.INVALID_ARGUMENT, details: "The replication policy is missing." };
        if (secrets.has(name)) throw { code: status.ALREADY_EXISTS, details: `Secret [${name}] already exists.` };
        secrets.set(name, []);
        return Secret.create({ name });
      },
    };
  });
  add("AddSecretVersion", AddSecretVersionRequest, SecretVersion, ({ parent, payload }) => {
    const sent = Buffer.from(payload?.data ?? "").toString();
    // As the real one, the answer names the project by its number.
    const answered = (version: number) => `${parent.replace(/^projects\/[^/]+/, "projects/425242")}/versions/${version}`;
    return { on: parent, sent, act: () => SecretVersion.create({ name: answered(valuesOf(parent).push(sent)) }) };
  });
  add("AccessSecretVersion", AccessSecretVersionRequest, AccessSecretVersionResponse, ({ name }) => ({
    on: name,
    act: () => {
      const [secret = "", version] = name.split("/versions/");
      const value = valuesOf(secret)[Number(version) - 1];
      if (value === undefined) throw { code: status.NOT_FOUND, details: `Secret Version [${name}] not found.` };
      return AccessSecretVersionResponse.create({ name, payload: { data: Buffer.from(value) } });
    },
  }));

  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  const service: FakeGoogle = {
    url: `http://127.0.0.1:${port}`,
    secrets,
    calls,
    before: undefined,
    inUse: (name) => secrets.get(name)?.at(-1),
    close: () => server.forceShutdown(),
  };
  return service;
}

/** A message class of the SDK. */
interface Message<T> {
  encode(message: NoInfer<T>): { finish(): Uint8Array };
  decode(bytes: Uint8Array): T;
}

type Method<Asked, Answered> = (request: Asked) => {
  /** What it is called on. */
  readonly on: string;
  readonly sent?: string;
  act(): Answered;
};
