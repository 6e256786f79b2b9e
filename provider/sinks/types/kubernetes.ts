import { flag, text } from "../../../schema/field.js";
import { Refused } from "../../errors.js";
import { connectKubernetes } from "../clients/kubernetes.js";
import { changeDataKey, type DataKey } from "../clients/kubernetes-secret.js";
import { defineSinkType } from "../define-sink-type.js";
import { fingerprintOf } from "../fingerprint.js";
import { optionalModule } from "../optional-module.js";
import { WORD } from "../place-rules.js";
import { absolutePath, address, secretSource } from "../setting-fields.js";
import type { KeyPlace } from "../sink.js";
import { filled, type NameRule, template } from "../template.js";

const MODULE = "@kubernetes/client-node";

const NAMESPACE: NameRule = {
  name: /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
  described: "small letters, digits and single hyphens between them, as names in Kubernetes are",
  around: "a-z0-9-",
  between: "--",
  whole: "(?!-)(?!.*-$)",
};

const SECRET_NAME: NameRule = { ...NAMESPACE, around: "a-z0-9.-", between: "\\.", whole: "(?![.-])(?!.*[.-]$)" };

const DATA_KEY: NameRule = { ...WORD, whole: `${WORD.whole}(?!.*\\.previous$)` };

/** One data key of a Secret, whose other keys stay. The former value stays beside it as `KEY.previous`. */
export const kubernetes = defineSinkType("kubernetes", {
  title: "Kubernetes",
  modules: [MODULE],
  settings: {
    /** Namespace of the Secret. */
    namespace: template(NAMESPACE),
    /** Name of the Secret, such as `ai-{project}.{key}`. It is made when it is not there. */
    name: template(SECRET_NAME),
    /** Key of its data that holds the value; `token` when absent. */
    dataKey: template(DATA_KEY, { optional: true }),
    /** File that says which cluster, and as whom. One of `kubeconfig`, `inCluster` and `server` is given. */
    kubeconfig: absolutePath({ optional: true }),
    /** Context of the file; its current one when absent. */
    context: text({ optional: true }),
    /** True to use the service account of the pod that runs Gatehouse. */
    inCluster: flag({ optional: true }),
    /** Address of the API server. */
    server: address({ optional: true }),
    /** Token of a service account, with `server`. */
    token: secretSource({ optional: true }),
    /** File of the certificate authority that the server's certificate is of, with `server`. */
    caFile: absolutePath({ optional: true }),
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
    const api = connectKubernetes(module, settings, environment);
    const targetOf = (place: KeyPlace): DataKey => ({
      namespace: filled(settings.namespace, NAMESPACE, place),
      name: filled(settings.name, SECRET_NAME, place),
      key: filled(settings.dataKey ?? "token", DATA_KEY, place),
    });
    return {
      deliver: async (place, secret) => {
        const target = targetOf(place);
        await changeDataKey(module, api, target, () => secret);
        return { place: shown(target), version: fingerprintOf(secret) };
      },
      restore: async (place, former) => {
        const target = targetOf(place);
        await changeDataKey(module, api, target, (kept) => {
          const found = kept.find((value) => fingerprintOf(value) === former.version);
          if (found === undefined) throw notKept(target);
          return found;
        });
        return { place: shown(target), version: String(former.version) };
      },
    };
  },
});

function shown({ namespace, name, key }: DataKey): string {
  return `${namespace}/${name}: ${key}`;
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

function notKept(target: DataKey): Refused {
  return new Refused({
    what: `${shown(target)} does not hold the former secret any more`,
    advice: "Rotate the key again: the next secret is handed over as a new one.",
  });
}
