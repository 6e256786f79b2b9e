import type { ApiAnswer, ApiRequest } from "../api-server.js";

interface StoredSecret {
  readonly kmsKeyId: string | undefined;
  /** Values by version. */
  readonly values: Map<string, string>;
  /** Version by label. */
  readonly labels: Map<string, string>;
}

type Secrets = Map<string, StoredSecret>;
type Input = Readonly<Record<string, string>>;

export interface FakeAws {
  readonly secrets: Secrets;
  /** Called before each operation is done, with its name. */
  before: ((operation: string) => void) | undefined;
  handle(request: ApiRequest): ApiAnswer;
  /** The value that is handed out. */
  inUse(name: string): string | undefined;
}

export const operationOf = ({ headers }: ApiRequest): string => String(headers["x-amz-target"]).replace("secretsmanager.", "");

/** What AWS refuses with. It answers almost everything with status 400. */
export class AwsFault extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

/** AWS Secrets Manager, as far as a sink uses it, with its rules for versions and labels. */
export function fakeAws(): FakeAws {
  const secrets: Secrets = new Map();
  const service: FakeAws = {
    secrets,
    before: undefined,
    handle(request) {
      const operation = operationOf(request);
      try {
        service.before?.(operation);
        return { status: 200, body: OPERATIONS[operation]?.(secrets, JSON.parse(request.text) as Input) };
      } catch (error) {
        if (!(error instanceof AwsFault)) throw error;
        return { status: 400, body: { __type: error.type, message: error.message } };
      }
    },
    inUse(name) {
      const secret = secrets.get(name);
      return secret?.values.get(secret.labels.get("AWSCURRENT") ?? "");
    },
  };
  return service;
}

const OPERATIONS: Readonly<Record<string, (secrets: Secrets, input: Input) => unknown>> = {
  CreateSecret(secrets, { Name = "", SecretString = "", ClientRequestToken = "", KmsKeyId }) {
    if (secrets.has(Name)) throw new AwsFault("ResourceExistsException", "A resource with the ID you requested already exists.");
    const secret: StoredSecret = { kmsKeyId: KmsKeyId, values: new Map(), labels: new Map() };
    secrets.set(Name, secret);
    addVersion(secret, ClientRequestToken, SecretString);
    return { Name, VersionId: ClientRequestToken };
  },
  PutSecretValue(secrets, { SecretId = "", SecretString = "", ClientRequestToken = "" }) {
    const secret = secretOf(secrets, SecretId);
    addVersion(secret, ClientRequestToken, SecretString);
    return { Name: SecretId, VersionId: ClientRequestToken, VersionStages: labelsOf(secret, ClientRequestToken) };
  },
  DescribeSecret(secrets, { SecretId = "" }) {
    const secret = secretOf(secrets, SecretId);
    const labelled = [...new Set(secret.labels.values())].map((version) => [version, labelsOf(secret, version)]);
    return { Name: SecretId, VersionIdsToStages: Object.fromEntries(labelled) };
  },
  UpdateSecretVersionStage(secrets, { SecretId = "", VersionStage = "", MoveToVersionId = "", RemoveFromVersionId }) {
    const secret = secretOf(secrets, SecretId);
    if (secret.labels.get(VersionStage) !== RemoveFromVersionId) {
      throw new AwsFault("InvalidParameterException", `The staging label ${VersionStage} is attached to another version.`);
    }
    if (!secret.values.has(MoveToVersionId)) {
      throw new AwsFault("ResourceNotFoundException", `Secrets Manager can't find the version ${MoveToVersionId}.`);
    }
    label(secret, MoveToVersionId);
    return { Name: SecretId };
  },
};

function secretOf(secrets: Secrets, name: string): StoredSecret {
  const secret = secrets.get(name);
  if (secret === undefined) throw new AwsFault("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  return secret;
}

/** A version that is there already is left as it is, its labels too. */
function addVersion(secret: StoredSecret, version: string, value: string): void {
  if (version.length < 32 || version.length > 64)
    throw new AwsFault("InvalidParameterException", "ClientRequestToken is of a wrong length.");
  const there = secret.values.get(version);
  if (there === value) return;
  if (there !== undefined) throw new AwsFault("ResourceExistsException", "You can't modify an existing version.");
  secret.values.set(version, value);
  label(secret, version);
}

/** Makes the version the one that is handed out. */
function label(secret: StoredSecret, version: string): void {
  const former = secret.labels.get("AWSCURRENT");
  if (former !== undefined) secret.labels.set("AWSPREVIOUS", former);
  secret.labels.set("AWSCURRENT", version);
}

function labelsOf(secret: StoredSecret, version: string): string[] {
  return [...secret.labels].filter(([, on]) => on === version).map(([name]) => name);
}
