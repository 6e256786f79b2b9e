import { type ApiAnswer, type ApiRequest, type ApiServer, startApi } from "../api-server.js";

export const ACCOUNT_TOKEN = "eyJhbGciOi-service-account-of-the-tests";

interface Secret {
  readonly metadata: { readonly name: string; readonly resourceVersion?: string; readonly labels?: Readonly<Record<string, string>> };
  readonly data: Readonly<Record<string, string>>;
}

export interface FakeKubernetes extends ApiServer {
  /** A Secret as it is stored, by `namespace/name`. */
  stored(place: string): Secret | undefined;
  /** One value of it, decoded. */
  value(place: string, key: string): string | undefined;
  put(place: string, data: Readonly<Record<string, string>>): void;
  /** Lets somebody else change the Secret right after the next look at it. */
  interfereOnce(place: string, data: Readonly<Record<string, string>>): void;
}

/** Secrets of an API server, with its optimistic locking. */
export async function startKubernetes(): Promise<FakeKubernetes> {
  const secrets = new Map<string, Secret>();
  let revision = 100;
  let interference: (() => void) | undefined;
  const store = (place: string, secret: Secret): ApiAnswer["body"] => {
    const kept = { ...secret, metadata: { ...secret.metadata, resourceVersion: String(++revision) } };
    secrets.set(place, kept);
    return { apiVersion: "v1", kind: "Secret", ...kept };
  };
  const put: FakeKubernetes["put"] = (place, data) =>
    void store(place, {
      metadata: { name: place.split("/")[1] ?? "" },
      data: { ...secrets.get(place)?.data, ...Object.fromEntries(Object.entries(data).map(([key, value]) => [key, encoded(value)])) },
    });

  const handle = ({ method, path, headers, text }: ApiRequest): ApiAnswer => {
    if (headers.authorization !== `Bearer ${ACCOUNT_TOKEN}`) return refusal(401, "Unauthorized");
    const [, namespace, name] = /^\/api\/v1\/namespaces\/([a-z0-9-]+)\/secrets(?:\/([a-z0-9.-]+))?$/.exec(path) ?? [];
    const body = text === "" ? {} : JSON.parse(text);
    if (method === "POST" && name === undefined) {
      const place = `${namespace}/${body.metadata.name}`;
      return secrets.has(place) ? refusal(409, "already exists") : { status: 201, body: store(place, body) };
    }
    const place = `${namespace}/${name}`;
    const present = secrets.get(place);
    if (present === undefined) return refusal(404, `secrets "${name}" not found`);
    if (method === "GET") {
      interference?.();
      interference = undefined;
      return { status: 200, body: { apiVersion: "v1", kind: "Secret", ...present } };
    }
    if (method !== "PATCH" || headers["content-type"] !== "application/merge-patch+json") return refusal(415, "unsupported");
    const { resourceVersion } = body.metadata;
    if (resourceVersion !== present.metadata.resourceVersion) return refusal(409, "the object has been modified");
    return { status: 200, body: store(place, { ...present, data: { ...present.data, ...body.data } }) };
  };

  const server = await startApi(handle);
  return {
    ...server,
    put,
    stored: (place) => secrets.get(place),
    value: (place, key) => decoded(secrets.get(place)?.data[key]),
    interfereOnce: (place, data) => {
      interference = () => put(place, data);
    },
  };
}

function refusal(code: number, message: string): ApiAnswer {
  return { status: code, body: { kind: "Status", apiVersion: "v1", status: "Failure", message, code } };
}

function encoded(value: string): string {
  return Buffer.from(value).toString("base64");
}

function decoded(value: string | undefined): string | undefined {
  return value === undefined ? undefined : Buffer.from(value, "base64").toString();
}
