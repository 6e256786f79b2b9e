import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openSink } from "../../../provider/sinks/index.js";
import type { Sink } from "../../../provider/sinks/sink.js";
import { type ApiServer, type Certificate, startApi } from "../api-server.js";
import { placeOf, sinkConformance } from "../conformance.js";
import { operated } from "../operated.js";
import { type FakeAzure, fakeAzure } from "./fake-azure.js";
import { trustedCertificate } from "./trusted-certificate.js";

const TOKEN = "a-token-of-the-managed-identity";

let certificate: Certificate;
/** Where machines of Azure are asked who they are, and get a token for it. */
let identity: ApiServer;

beforeAll(async () => {
  certificate = await trustedCertificate();
  identity = await startApi(() => ({
    status: 200,
    body: { access_token: TOKEN, expires_on: `${Math.floor(Date.now() / 1000) + 3600}`, resource: "https://vault.azure.net" },
  }));
  vi.stubEnv("AZURE_TOKEN_CREDENTIALS", "ManagedIdentityCredential");
  vi.stubEnv("IDENTITY_ENDPOINT", `${identity.url}/msi/token`);
  vi.stubEnv("IDENTITY_HEADER", "a-header-that-only-this-machine-knows");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await identity.close();
});

sinkConformance(
  "azure-key-vault",
  async () => {
    const vault = fakeAzure(TOKEN);
    const server = await startApi((request) => vault.handle(request), { certificate });
    return {
      settings: { vaultUrl: server.url, name: "gatehouse--{project}--{key}" },
      environment: { TOKEN },
      held: ({ project, key }) => vault.inUse(`gatehouse--${project}--${key}`),
      refuse: () => {
        vault.refusal = ({ text }) => ({
          status: 403,
          body: { error: { code: "Forbidden", message: `Caller is not authorized: ${text}` } },
        });
      },
      answerAll: (answer) => server.answerAll(answer),
      recover: () => {
        vault.refusal = undefined;
        server.answerAll(undefined);
      },
      close: () => server.close(),
    };
  },
  { restores: true },
);

describe("a secret in Azure Key Vault", () => {
  const PLACE = placeOf("checkout", "checkout-prod");
  const NAME = "gatehouse--checkout--checkout-prod";
  let vault: FakeAzure;
  let server: ApiServer;

  beforeEach(async () => {
    vault = fakeAzure(TOKEN);
    server = await startApi((request) => vault.handle(request), { certificate });
  });
  afterEach(() => server.close());

  const opened = (): Promise<Sink> => openSink("azure", operated({ azure: { type: "azure-key-vault", vaultUrl: server.url } }));
  const sent = () =>
    server.requests.map(({ method, path, text }) => [method, new URL(path, server.url).pathname, text === "" ? "" : "body"]);

  it("is sent with the token that the vault asks for, and not before it was asked", async () => {
    const delivered = await (await opened()).deliver(PLACE, "secret-one");
    expect(delivered).toEqual({ place: `${server.url}/secrets/${NAME}`, version: `${"0".repeat(31)}1` });
    expect(sent()).toEqual([
      ["PUT", `/secrets/${NAME}`, ""],
      ["PUT", `/secrets/${NAME}`, "body"],
    ]);
  });

  it("goes back to its former version by becoming the newest once more", async () => {
    const sink = await opened();
    const former = await sink.deliver(PLACE, "secret-one");
    await sink.deliver(PLACE, "secret-two");
    expect(await sink.restore?.(PLACE, former)).toEqual({ ...former, version: `${"0".repeat(31)}3` });
    expect(vault.secrets.get(NAME)).toEqual(["secret-one", "secret-two", "secret-one"]);
  });

  it("is not that of a key whose name differs by case alone", async () => {
    const sink = await opened();
    const places = await Promise.all(["prod", "Prod"].map((key) => sink.deliver(placeOf("checkout", key), key)));
    expect(vault.inUse("gatehouse--checkout--prod")).toBe("prod");
    expect(places[1]?.place).toMatch(/--prod-[0-9a-f]{12}$/);
  });

  it("is refused with the rights that are missing", async () => {
    vault.refusal = () => ({ status: 403, body: { error: { code: "Forbidden", message: "Caller is not authorized to perform action" } } });
    await expect((await opened()).deliver(PLACE, "secret-one")).rejects.toThrow(
      /status 403: Caller is not authorized to perform action \[gatehouse:refused\]\n.*needs the permissions set and get/,
    );
  });

  it("is not sent without a token", async () => {
    vi.stubEnv("AZURE_TOKEN_CREDENTIALS", "EnvironmentCredential");
    const delivering = (await opened()).deliver(PLACE, "secret-one");
    await expect(delivering).rejects.toThrow(
      /nothing was sent: .*\[gatehouse:refused\]\n.*credentials where the SDK of Azure looks for them/,
    );
    vi.stubEnv("AZURE_TOKEN_CREDENTIALS", "ManagedIdentityCredential");
    expect(sent()).toEqual([["PUT", `/secrets/${NAME}`, ""]]);
  });

  it("is sent over https alone", async () => {
    const environment = operated({ azure: { type: "azure-key-vault", vaultUrl: "http://127.0.0.1:8200" } });
    await expect(openSink("azure", environment)).rejects.toThrow(/vaultUrl: must be an https URL/);
  });

  it("is asked for at its own address alone, also where the vault sends on to another one", async () => {
    const sink = await opened();
    const former = await sink.deliver(PLACE, "secret-one");
    await (await opened()).deliver(placeOf("checkout", "other"), "secret-of-another-key");
    const other = `/secrets/gatehouse--checkout--other/${former.version}?api-version=7.6`;
    vault.refusal = ({ path }) =>
      path.includes("--other/") ? undefined : { status: 307, headers: { location: other }, body: { error: { code: "Moved" } } };
    await expect(sink.restore?.(PLACE, former)).rejects.toThrow(/status 307/);
    expect(vault.inUse(NAME)).toBe("secret-one");
  });
});
