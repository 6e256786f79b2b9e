import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { stringify } from "yaml";
import { openSink, sinkProblem } from "../../../provider/sinks/index.js";
import type { Sink } from "../../../provider/sinks/sink.js";
import { placeOf, sinkConformance } from "../conformance.js";
import { operated } from "../operated.js";
import { ACCOUNT_TOKEN, type FakeKubernetes, startKubernetes } from "./fake-kubernetes.js";

const PLACE = placeOf("checkout", "api");

sinkConformance(
  "kubernetes",
  async () => {
    const cluster = await startKubernetes();
    return {
      settings: { namespace: "ai", name: "{project}.{key}", server: cluster.url, token: { env: "ACCOUNT" } },
      environment: { ACCOUNT: ACCOUNT_TOKEN },
      held: ({ project, key }) => cluster.value(`ai/${project}.${key}`, "token"),
      refuse: () =>
        cluster.answerAll({ status: 403, body: { kind: "Status", message: `secrets is forbidden for ${ACCOUNT_TOKEN}`, code: 403 } }),
      answerAll: cluster.answerAll,
      recover: () => cluster.answerAll(undefined),
      close: cluster.close,
    };
  },
  { restores: true },
);

describe("a Kubernetes Secret", () => {
  it("is made with a label that says who keeps it", async () => {
    const { cluster, sink } = await opened({});
    expect(await sink.deliver(PLACE, "secret-one")).toMatchObject({ place: "ai/checkout.api: token" });
    expect(cluster.stored("ai/checkout.api")?.metadata.labels).toEqual({ "app.kubernetes.io/managed-by": "gatehouse" });
  });

  it("keeps its other data, and the former value for the way back", async () => {
    const { cluster, sink } = await opened({ name: "checkout", dataKey: "{key}" });
    cluster.put("ai/checkout", { database: "another-secret" });
    for (const secret of ["secret-one", "secret-two", "secret-two"]) await sink.deliver(PLACE, secret);
    const values = ["database", "api", "api.previous"].map((key) => cluster.value("ai/checkout", key));
    expect(values).toEqual(["another-secret", "secret-two", "secret-one"]);
  });

  it("loses nothing that somebody writes between the look and the change", async () => {
    const { cluster, sink } = await opened({ name: "checkout", dataKey: "{key}" });
    cluster.put("ai/checkout", { database: "old" });
    cluster.interfereOnce("ai/checkout", { database: "new" });
    await sink.deliver(PLACE, "secret-one");
    expect([cluster.value("ai/checkout", "database"), cluster.value("ai/checkout", "api")]).toEqual(["new", "secret-one"]);
  });

  it("is found through a kubeconfig, in the context that is named", async () => {
    const cluster = await startKubernetes();
    onTestFinished(cluster.close);
    const kubeconfig = kubeconfigOf({ server: cluster.url });
    const sink = await openSink("cluster", operated({ cluster: settingsOf({ kubeconfig, context: "here" }) }));
    await sink.deliver(PLACE, "secret-one");
    expect(cluster.value("ai/checkout.api", "token")).toBe("secret-one");
  });

  it.each([
    [{ server: "https://10.0.0.1:6443", "insecure-skip-tls-verify": true }, "whose certificate nobody checks"],
    [{ server: "http://cluster.acme.example" }, "whose certificate nobody checks"],
    [{ server: "https://10.0.0.1:6443", "proxy-url": "http://127.0.0.1:1" }, "names a proxy, which is not supported"],
  ])("is not written to by the kubeconfig %j", async (cluster, told) => {
    const kubeconfig = kubeconfigOf(cluster);
    const opening = openSink("cluster", operated({ cluster: settingsOf({ kubeconfig, context: "here" }) }));
    await expect(opening).rejects.toThrow(told);
  });

  it("is in one cluster, and its settings fit together", () => {
    const problemOf = (settings: Readonly<Record<string, unknown>>) => sinkProblem("cluster", operated({ cluster: settingsOf(settings) }));
    expect(problemOf({})).toContain("cluster.kubeconfig: give one of kubeconfig, inCluster: true and server");
    expect(problemOf({ server: "https://k8s.acme.example" })).toContain("cluster.token: goes with server");
    expect(problemOf({ inCluster: true, context: "a" })).toContain("cluster.context: goes with kubeconfig");
    expect(problemOf({ inCluster: true, dataKey: "api.previous" })).toContain("cluster.dataKey: must be");
    expect(problemOf({ inCluster: true })).toBeUndefined();
  });
});

function settingsOf(settings: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { type: "kubernetes", namespace: "ai", name: "{project}.{key}", ...settings };
}

async function opened(settings: Readonly<Record<string, unknown>>): Promise<{ readonly cluster: FakeKubernetes; readonly sink: Sink }> {
  const cluster = await startKubernetes();
  onTestFinished(cluster.close);
  const written = settingsOf({ server: cluster.url, token: { env: "ACCOUNT" }, ...settings });
  return { cluster, sink: await openSink("cluster", operated({ cluster: written }, { ACCOUNT: ACCOUNT_TOKEN })) };
}

function kubeconfigOf(cluster: Readonly<Record<string, unknown>>): string {
  const file = join(tmpdir(), `kubeconfig-${Object.values(cluster).join("").length}`);
  writeFileSync(
    file,
    stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: "c", cluster }],
      users: [{ name: "u", user: { token: ACCOUNT_TOKEN } }],
      contexts: [{ name: "here", context: { cluster: "c", user: "u" } }],
      "current-context": "elsewhere",
    }),
  );
  return file;
}
