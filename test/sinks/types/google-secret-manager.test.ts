import { status } from "@grpc/grpc-js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openSink } from "../../../provider/sinks/index.js";
import type { Sink } from "../../../provider/sinks/sink.js";
import { placeOf, sinkConformance } from "../conformance.js";
import { operated } from "../operated.js";
import { type FakeGoogle, startFakeGoogle } from "./fake-google.js";

sinkConformance(
  "google-secret-manager",
  async () => {
    const service = await startFakeGoogle();
    return {
      settings: { project: "acme-ai", endpoint: service.url, name: "gatehouse_{project}_{key}" },
      environment: {},
      held: ({ project, key }) => service.inUse(`projects/acme-ai/secrets/gatehouse_${project}_${key}`),
      refuse: () => {
        service.before = (_, sent) => ({ code: status.PERMISSION_DENIED, details: `Permission denied on resource: ${sent}` });
      },
      // gRPC has no status of HTTP, and no redirect: it is a fault of the service each time.
      answerAll: ({ body }) => {
        service.before = () => ({ code: status.INTERNAL, details: JSON.stringify(body ?? "") });
      },
      recover: () => {
        service.before = undefined;
      },
      close: () => service.close(),
    };
  },
  { restores: true },
);

describe("a secret in Google Secret Manager", () => {
  const PLACE = placeOf("checkout", "checkout-prod");
  const NAME = "projects/acme-ai/secrets/gatehouse_checkout_checkout-prod";
  let service: FakeGoogle;

  beforeEach(async () => {
    service = await startFakeGoogle();
  });
  afterEach(() => service.close());

  const opened = (settings: object = { endpoint: service.url }, environment: Readonly<Record<string, string>> = {}): Promise<Sink> =>
    openSink("google", operated({ google: { type: "google-secret-manager", project: "acme-ai", ...settings } }, environment));

  it("is made when it is missing, and named by the project as the operator knows it", async () => {
    expect(await (await opened()).deliver(PLACE, "secret-one")).toEqual({ place: NAME, version: "1" });
    expect(service.calls).toEqual([`AddSecretVersion ${NAME}`, `CreateSecret ${NAME}`, `AddSecretVersion ${NAME}`]);
  });

  it("is written when somebody else makes it at the same moment", async () => {
    service.before = (method) => {
      if (method === "CreateSecret") service.secrets.set(NAME, []);
      return undefined;
    };
    await (await opened()).deliver(PLACE, "secret-one");
    expect(service.inUse(NAME)).toBe("secret-one");
  });

  it("goes back to its former version by becoming the newest once more", async () => {
    const sink = await opened();
    const former = await sink.deliver(PLACE, "secret-one");
    await sink.deliver(PLACE, "secret-two");
    expect(await sink.restore?.(PLACE, former)).toEqual({ place: NAME, version: "3" });
    expect(service.secrets.get(NAME)).toEqual(["secret-one", "secret-two", "secret-one"]);
  });

  it("does not go back without the right to read it, and says which right that is", async () => {
    const sink = await opened();
    const former = await sink.deliver(PLACE, "secret-one");
    service.before = (method) =>
      method === "AccessSecretVersion" ? { code: status.PERMISSION_DENIED, details: "Permission denied on resource" } : undefined;
    await expect(sink.restore?.(PLACE, former)).rejects.toThrow(
      /Permission denied on resource \[gatehouse:refused\]\n.*to go back to a former secret also secretmanager\.versions\.access/,
    );
  });

  it("is sent again while the service is not there for a moment", async () => {
    let faults = 2;
    service.before = () => (faults-- > 0 ? { code: status.UNAVAILABLE, details: "The service is currently unavailable." } : undefined);
    await (await opened()).deliver(PLACE, "secret-one");
    expect(service.inUse(NAME)).toBe("secret-one");
  });

  it("is not sent without credentials, which ends nothing but the delivery", async () => {
    vi.stubEnv("GOOGLE_APPLICATION_CREDENTIALS", "/nowhere/credentials.json");
    const delivering = (await opened({})).deliver(PLACE, "secret-one");
    await expect(delivering).rejects.toThrow(
      /nothing was sent: .*\[gatehouse:refused\]\n.*credentials where the SDK of Google looks for them/,
    );
    vi.unstubAllEnvs();
  });
});
