import type { RequestOptions } from "node:https";
import type * as Kubernetes from "@kubernetes/client-node";
import { Agent } from "undici";
import { flag, json, text } from "../../../schema/field.js";
import { InvalidInput, Refused } from "../../errors.js";
import { type Environment, isLoopback } from "../../http/settings.js";
import { defineSinkType } from "../define-sink-type.js";
import { fingerprintOf } from "../fingerprint.js";
import { optionalModule } from "../optional-module.js";
import { WORD } from "../place-rules.js";
import { secretValue } from "../secret-value.js";
import { address, type SecretSource, secretSource } from "../setting-fields.js";
import { sinkFetch } from "../sink-fetch.js";
import { filled, type NameRule, template } from "../template.js";

const MODULE = "@kubernetes/client-node";
const PREVIOUS = ".previous";
const MANAGED = { "app.kubernetes.io/managed-by": "gatehouse" };
/** Others may write the Secret between our look and our change. */
const TRIES = 5;

const NAMESPACE: NameRule = {
  name: /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
  described: "small letters, digits and single hyphens between them, as names in Kubernetes are",
  around: "a-z0-9-",
  between: "--",
  whole: "(?!-)(?!.*-$)",
};

const SECRET_NAME: NameRule = { ...NAMESPACE, around: "a-z0-9.-", between: "\\.", whole: "(?![.-])(?!.*[.-]$)" };

const DATA_KEY: NameRule = { ...WORD, whole: `${WORD.whole}(?!.*\\.previous$)` };

const absolutePath = json<string, { optional: true }>({ type: "string", pattern: "^/", title: "an absolute path" }, { optional: true });

/** One data key of a Secret, whose other keys stay. The former value stays beside it as `KEY.previous`. */
export const kubernetes = defineSinkType("kubernetes", {
  title: "a Kubernetes Secret",
  module: MODULE,
  settings: {
    /** Namespace of the Secret. */
    namespace: template(NAMESPACE),
    /** Name of the Secret, such as `ai-{project}.{key}`. It is made when it is not there. */
    name: template(SECRET_NAME),
    /** Key of its data that holds the value; `token` when absent. */
    dataKey: template(DATA_KEY, { optional: true }),
    /** File that says which cluster, and as whom. One of `kubeconfig`, `inCluster` and `server` is given. */
    kubeconfig: absolutePath,
    /** Context of the file; its current one when absent. */
    context: text({ optional: true }),
    /** True to use the service account of the pod that runs Gatehouse. */
    inCluster: flag({ optional: true }),
    /** Address of the API server. */
    server: address({ optional: true }),
    /** Token of a service account, with `server`. */
    token: secretSource({ optional: true }),
    /** File of the certificate authority that the server's certificate is of, with `server`. */
    caFile: absolutePath,
  },
  rules: ({ kubeconfig, inCluster, server, token, context, caFile }) => [
    ...([kubeconfig !== undefined, inCluster === true, server !== undefined].filter(Boolean).length === 1
      ? []
      : [{ property: "kubeconfig", reason: "give one of kubeconfig, inCluster: true and server: it says which cluster" }]),
    ...((server === undefined) === (token === undefined) ? [] : [{ property: "token", reason: "goes with server, and server with it" }]),
    ...(caFile !== undefined && server === undefined ? [{ property: "caFile", reason: "goes with server: remove it" }] : []),
    ...(context !== undefined && kubeconfig === undefined ? [{ property: "context", reason: "goes with kubeconfig: remove it" }] : []),
  ],
  faultOf: (error) => {
    const { code, body } = error as { code?: unknown; body?: unknown };
    return typeof code === "number" ? { status: code, said: messageIn(body) } : undefined;
  },
  open: async (settings, environment) => {
    const module = await optionalModule(MODULE, () => import("@kubernetes/client-node"));
    const api = apiOf(module, configOf(module, settings, environment), environment);
    const targetOf = (place: Parameters<typeof filled>[2]): Target => ({
      namespace: filled(settings.namespace, NAMESPACE, place),
      name: filled(settings.name, SECRET_NAME, place),
      key: filled(settings.dataKey ?? "token", DATA_KEY, place),
    });
    return {
      deliver: async (place, secret) => {
        const target = targetOf(place);
        await change(module, api, target, () => secret);
        return { place: shown(target), version: fingerprintOf(secret) };
      },
      restore: async (place, former) => {
        const target = targetOf(place);
        await change(module, api, target, (kept) => {
          const found = kept.find((value) => fingerprintOf(value) === former.version);
          if (found === undefined) throw notKept(target);
          return found;
        });
        return { place: shown(target), version: String(former.version) };
      },
    };
  },
});

interface Target {
  readonly namespace: string;
  readonly name: string;
  /** Key in the data of the Secret. */
  readonly key: string;
}

function shown({ namespace, name, key }: Target): string {
  return `${namespace}/${name}: ${key}`;
}

/** Makes what `choose` says of the values that are there, the one in use and the former one, the one in use. */
async function change(
  module: typeof Kubernetes,
  api: Kubernetes.CoreV1Api,
  { namespace, name, key }: Target,
  choose: (kept: readonly string[]) => string,
): Promise<void> {
  for (let triesLeft = TRIES; ; triesLeft--) {
    const present = await api.readNamespacedSecret({ namespace, name }).catch(undefinedIfNotFound);
    const encoded = [present?.data?.[key], present?.data?.[key + PREVIOUS]];
    const chosen = toBase64(choose(encoded.flatMap((value) => (value === undefined ? [] : [fromBase64(value)]))));
    const [current] = encoded;
    if (current === chosen) return;
    try {
      if (present === undefined) {
        const body = { metadata: { name, namespace, labels: MANAGED }, type: "Opaque", data: { [key]: chosen } };
        await api.createNamespacedSecret({ namespace, body });
        return;
      }
      // With the version that we saw, so that a change in between is a conflict and not lost.
      const metadata = { resourceVersion: present.metadata?.resourceVersion };
      const data = { [key]: chosen, ...(current === undefined ? {} : { [key + PREVIOUS]: current }) };
      const merge = module.setHeaderOptions("Content-Type", module.PatchStrategy.MergePatch);
      await api.patchNamespacedSecret({ namespace, name, body: { metadata, data } }, merge);
      return;
    } catch (error) {
      if (statusOf(error) !== 409 || triesLeft === 1) throw error;
    }
  }
}

interface ClusterSettings {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly inCluster?: boolean;
  readonly server?: string;
  readonly token?: SecretSource;
  readonly caFile?: string;
}

/** The cluster and the user of the settings, when secrets may go there. Throws InvalidInput otherwise. */
function configOf(module: typeof Kubernetes, settings: ClusterSettings, environment: Environment): Kubernetes.KubeConfig {
  const { kubeconfig, context, server, token, caFile } = settings;
  const config = new module.KubeConfig();
  if (server !== undefined && token !== undefined) {
    const cluster = { name: "sink", server, ...(caFile === undefined ? {} : { caFile }), skipTLSVerify: false };
    config.loadFromClusterAndUser(cluster, { name: "gatehouse", token: secretValue(token, environment) });
  } else if (kubeconfig !== undefined) {
    loadFile(config, kubeconfig);
    if (context !== undefined) config.setCurrentContext(context);
  } else {
    config.loadFromCluster();
  }
  const [cluster, user] = [config.getCurrentCluster(), config.getCurrentUser()];
  if (cluster === null || user === null || !URL.canParse(cluster.server)) {
    throw new InvalidInput({
      what: "the kubeconfig names no cluster and user",
      advice: "Check its current context, or name one in `context`.",
    });
  }
  const url = new URL(cluster.server);
  if (url.protocol === "https:" ? cluster.skipTLSVerify : !isLoopback(url)) {
    const what = `would hand secrets to ${url.origin}, whose certificate nobody checks`;
    throw new InvalidInput({ what, advice: "Use https, and give the certificate authority of the cluster." });
  }
  if (cluster.proxyUrl !== undefined) {
    throw new InvalidInput({
      what: "the kubeconfig names a proxy, which is not supported",
      advice: "Name a cluster that is reached without one.",
    });
  }
  // The client admits plain http only where certificates are not checked, and here it is on this machine.
  config.loadFromClusterAndUser({ ...cluster, skipTLSVerify: url.protocol === "http:" }, user);
  return config;
}

function loadFile(config: Kubernetes.KubeConfig, file: string): void {
  try {
    config.loadFromFile(file);
  } catch {
    throw new InvalidInput({ what: `${file} cannot be read as a kubeconfig`, advice: "Check the path, its mode and what it holds." });
  }
}

/** The client, sending with our own `fetch`: its own one would carry a secret along a redirect. */
function apiOf(module: typeof Kubernetes, config: Kubernetes.KubeConfig, environment: Environment): Kubernetes.CoreV1Api {
  const server = config.getCurrentCluster()?.server ?? "";
  const send = async (request: Kubernetes.RequestContext): Promise<Kubernetes.ResponseContext> => {
    const options: RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    const { ca, cert, key, servername } = options;
    const given = Object.entries({ ca, cert, key, servername }).filter(([, value]) => value !== undefined && value !== null);
    const agent = new Agent({ connect: Object.fromEntries(given) });
    const body = request.getBody();
    try {
      const headers = { ...request.getHeaders(), ...(options.headers as Readonly<Record<string, string>>) };
      const asked = { method: request.getHttpMethod(), headers, body: typeof body === "string" ? body : undefined };
      const response = await sinkFetch(server, environment, agent)(request.getUrl(), asked);
      const bytes = Buffer.from(await response.arrayBuffer());
      return new module.ResponseContext(
        response.status,
        Object.fromEntries(response.headers),
        new module.SelfDecodingBody(Promise.resolve(bytes)),
      );
    } finally {
      await agent.close();
    }
  };
  return new module.CoreV1Api(
    module.createConfiguration({
      baseServer: new module.ServerConfiguration(server.replace(/\/$/, ""), {}),
      httpApi: module.wrapHttpLibrary({ send }),
    }),
  );
}

function messageIn(body: unknown): string | undefined {
  const parsed = typeof body === "string" ? parsedJson(body) : body;
  const { message } = (parsed ?? {}) as { message?: unknown };
  return typeof message === "string" ? message : undefined;
}

function parsedJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function statusOf(error: unknown): number | undefined {
  return (error as { code?: number }).code;
}

function undefinedIfNotFound(error: unknown): undefined {
  if (statusOf(error) !== 404) throw error;
}

function notKept(target: Target): Refused {
  return new Refused({
    what: `${shown(target)} does not hold the former secret any more`,
    advice: "Rotate the key again: the next secret is handed over as a new one.",
  });
}

function toBase64(value: string): string {
  return Buffer.from(value).toString("base64");
}

function fromBase64(value: string): string {
  return Buffer.from(value, "base64").toString();
}
