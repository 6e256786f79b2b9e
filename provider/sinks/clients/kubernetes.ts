import type { RequestOptions } from "node:https";
import type { CoreV1Api, KubeConfig, RequestContext, ResponseContext } from "@kubernetes/client-node";
import { Agent } from "undici";
import { InvalidInput } from "../../errors.js";
import type { Environment } from "../../http/settings.js";
import { sinkFetch } from "../sink-fetch.js";
import { type ClusterSettings, clusterOf } from "./kubernetes-cluster.js";

type Module = typeof import("@kubernetes/client-node");

/** A client of an API server. Its requests go through the house's `fetch`: its own one would carry a secret along a redirect. */
export function connectKubernetes(module: Module, settings: ClusterSettings, environment: Environment): CoreV1Api {
  const config = clusterOf(module, settings, environment);
  const server = config.getCurrentCluster()?.server ?? "";

  const send = async (request: RequestContext): Promise<ResponseContext> => {
    const { connect, headers } = await credentialsOf(config);
    const agent = new Agent({ connect });
    const body = request.getBody();
    try {
      const response = await sinkFetch(
        server,
        environment,
        agent,
      )(request.getUrl(), {
        method: request.getHttpMethod(),
        headers: { ...request.getHeaders(), ...headers },
        body: typeof body === "string" ? body : undefined,
      });
      const bytes = response.arrayBuffer().then((buffer) => Buffer.from(buffer));
      return new module.ResponseContext(response.status, Object.fromEntries(response.headers), new module.SelfDecodingBody(bytes));
    } finally {
      await agent.destroy();
    }
  };

  const baseServer = new module.ServerConfiguration(server.replace(/\/$/, ""), {});
  return new module.CoreV1Api(module.createConfiguration({ baseServer, httpApi: module.wrapHttpLibrary({ send }) }));
}

interface Credentials {
  /** Certificates of both sides. */
  readonly connect: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
}

/** What authenticates the next request; a kubeconfig may have it renewed each time. */
async function credentialsOf(config: KubeConfig): Promise<Credentials> {
  const options: RequestOptions = {};
  try {
    await config.applyToHTTPSOptions(options);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = `the certificates or the credential of the cluster cannot be had (${code ?? "unknown fault"})`;
    throw new InvalidInput({ what, advice: "Check the files and the program that the kubeconfig names." });
  }
  const { ca, cert, key, servername } = options as RequestOptions & { servername?: string };
  const given = Object.entries({ ca, cert, key, servername }).filter(([, value]) => value !== undefined && value !== null);
  return { connect: Object.fromEntries(given), headers: (options.headers ?? {}) as Credentials["headers"] };
}
