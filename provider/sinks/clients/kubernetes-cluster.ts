import type { Cluster, KubeConfig, User } from "@kubernetes/client-node";
import { InvalidInput } from "../../errors.js";
import { type Environment, isLoopback } from "../../http/settings.js";
import { secretValue } from "../secret-value.js";
import type { SecretSource } from "../setting-fields.js";

type Module = typeof import("@kubernetes/client-node");

/** Which cluster, and as whom: exactly one of `kubeconfig`, `inCluster` and `server` is given. */
export interface ClusterSettings {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly inCluster?: boolean;
  readonly server?: string;
  readonly token?: SecretSource;
  readonly caFile?: string;
}

/** The cluster and the user of the settings, where secrets may go. Throws InvalidInput where they may not, or are not to be found. */
export function clusterOf(module: Module, settings: ClusterSettings, environment: Environment): KubeConfig {
  const config = loaded(new module.KubeConfig(), settings, environment);
  const [cluster, user] = [config.getCurrentCluster(), config.getCurrentUser()];
  if (cluster === null || user === null || !URL.canParse(cluster.server)) {
    const what = "no cluster with a user is named";
    throw new InvalidInput({ what, advice: "Check the current context of the kubeconfig, or name one in `context`." });
  }
  refuseUnsafe(cluster);
  return onlyThese(new module.KubeConfig(), cluster, user);
}

function loaded(config: KubeConfig, settings: ClusterSettings, environment: Environment): KubeConfig {
  const { kubeconfig, context, server, token, caFile } = settings;
  if (server !== undefined && token !== undefined) {
    const cluster = { name: "named", server, ...(caFile === undefined ? {} : { caFile }), skipTLSVerify: false };
    config.loadFromClusterAndUser(cluster, { name: "named", token: secretValue(token, environment) });
  } else if (kubeconfig !== undefined) {
    loadFile(config, kubeconfig);
    if (context !== undefined) config.setCurrentContext(context);
  } else {
    config.loadFromCluster();
  }
  return config;
}

function loadFile(config: KubeConfig, file: string): void {
  try {
    config.loadFromFile(file);
  } catch {
    throw new InvalidInput({ what: `${file} cannot be read as a kubeconfig`, advice: "Check the path, its mode and what it holds." });
  }
}

function refuseUnsafe({ server, skipTLSVerify, proxyUrl }: Cluster): void {
  const url = new URL(server);
  if (url.protocol === "https:" ? skipTLSVerify : !isLoopback(url)) {
    const what = `secrets would go to ${url.origin}, whose certificate nobody checks`;
    throw new InvalidInput({ what, advice: "Use https, and give the certificate authority of the cluster." });
  }
  if (proxyUrl !== undefined) {
    const what = "the kubeconfig names a proxy, which is not supported";
    throw new InvalidInput({ what, advice: "Name a cluster that is reached without one." });
  }
}

/** The SDK admits plain http only where certificates are not checked: at this point it is on this machine. */
function onlyThese(config: KubeConfig, cluster: Cluster, user: User): KubeConfig {
  config.loadFromClusterAndUser({ ...cluster, skipTLSVerify: cluster.server.startsWith("http:") }, user);
  return config;
}
