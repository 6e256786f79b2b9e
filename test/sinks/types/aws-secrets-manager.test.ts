import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openSink } from "../../../provider/sinks/index.js";
import type { Sink } from "../../../provider/sinks/sink.js";
import { type ApiServer, startApi } from "../api-server.js";
import { placeOf, sinkConformance } from "../conformance.js";
import { operated } from "../operated.js";
import { AwsFault, type FakeAws, fakeAws, operationOf } from "./fake-aws.js";

/** Where the SDK finds credentials, and nowhere else: the second look goes to a service that only machines of AWS have. */
const CREDENTIALS = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "an-access-key-of-aws", AWS_EC2_METADATA_DISABLED: "true" };

beforeAll(() => {
  for (const [name, value] of Object.entries(CREDENTIALS)) vi.stubEnv(name, value);
});
afterAll(() => vi.unstubAllEnvs());

sinkConformance(
  "aws-secrets-manager",
  async () => {
    const service = fakeAws();
    const server = await startApi((request) => service.handle(request));
    return {
      settings: { region: "eu-central-1", endpoint: server.url, name: "gatehouse/{project}/{key}" },
      environment: CREDENTIALS,
      held: ({ project, key }) => service.inUse(`gatehouse/${project}/${key}`),
      refuse: () => {
        service.before = () => {
          throw new AwsFault("AccessDeniedException", `User is not authorized: ${server.requests.at(-1)?.text}`);
        };
      },
      answerAll: (answer) => server.answerAll(answer),
      recover: () => {
        service.before = undefined;
        server.answerAll(undefined);
      },
      close: () => server.close(),
    };
  },
  { restores: true },
);

describe("a secret in AWS Secrets Manager", () => {
  const PLACE = placeOf("checkout", "checkout-prod");
  const NAME = "gatehouse/checkout/checkout-prod";
  let service: FakeAws;
  let server: ApiServer;

  beforeEach(async () => {
    service = fakeAws();
    server = await startApi((request) => service.handle(request));
  });
  afterEach(() => server.close());

  const opened = (settings: object = {}, environment: Readonly<Record<string, string>> = {}): Promise<Sink> =>
    openSink(
      "aws",
      operated({ aws: { type: "aws-secrets-manager", region: "eu-central-1", endpoint: server.url, ...settings } }, environment),
    );
  const operations = () => server.requests.map(operationOf);

  it("is made when it is missing, in its region and with the key that the operator named", async () => {
    const sink = await opened({ kmsKeyId: "alias/gatehouse" });
    expect(await sink.deliver(PLACE, "secret-one")).toEqual({
      place: NAME,
      version: [...(service.secrets.get(NAME)?.values.keys() ?? [])][0],
    });
    expect(service.secrets.get(NAME)?.kmsKeyId).toBe("alias/gatehouse");
    expect(operations()).toEqual(["PutSecretValue", "CreateSecret"]);
    expect(server.requests[0]?.headers.authorization).toContain("/eu-central-1/secretsmanager/aws4_request");
  });

  it("gets no second version from the same delivery, also by another run", async () => {
    const first = await (await opened()).deliver(PLACE, "secret-one");
    expect(await (await opened()).deliver(PLACE, "secret-one")).toEqual(first);
    expect(service.secrets.get(NAME)?.values.size).toBe(1);
  });

  it("is handed out again when it is delivered again after another one", async () => {
    const sink = await opened();
    for (const secret of ["secret-one", "secret-two", "secret-one"]) await sink.deliver(PLACE, secret);
    expect(service.inUse(NAME)).toBe("secret-one");
    expect(service.secrets.get(NAME)?.values.size).toBe(2);
  });

  it("has versions that tell nothing of it: not the same for the same secret at another place", async () => {
    const sink = await opened();
    const versions = await Promise.all([PLACE, placeOf("search", "checkout-prod")].map((place) => sink.deliver(place, "secret-one")));
    expect(new Set(versions.map(({ version }) => version)).size).toBe(2);
  });

  it("goes back to its former version without being read", async () => {
    const sink = await opened();
    const former = await sink.deliver(PLACE, "secret-one");
    await sink.deliver(PLACE, "secret-two");
    expect(await sink.restore?.(PLACE, former)).toEqual(former);
    expect(service.inUse(NAME)).toBe("secret-one");
    expect(operations().slice(-2)).toEqual(["DescribeSecret", "UpdateSecretVersionStage"]);
  });

  it("is written when somebody else makes it at the same moment", async () => {
    service.before = (operation) => {
      if (operation === "CreateSecret") service.secrets.set(NAME, { kmsKeyId: undefined, values: new Map(), labels: new Map() });
    };
    await (await opened()).deliver(PLACE, "secret-one");
    expect(service.inUse(NAME)).toBe("secret-one");
  });

  it("is refused with the rights that are missing, although AWS answers with status 400", async () => {
    service.before = () => {
      throw new AwsFault("AccessDeniedException", "User: arn:aws:iam::425242:user/ci is not authorized");
    };
    await expect((await opened()).deliver(PLACE, "secret-one")).rejects.toThrow(
      /User: .* is not authorized \[gatehouse:refused.*\n.*needs secretsmanager:PutSecretValue, CreateSecret/,
    );
  });

  it("is sent three times at most", async () => {
    server.answerAll({ status: 503, body: {} });
    await expect((await opened()).deliver(PLACE, "secret-one")).rejects.toThrow(/status 503.*\[gatehouse:unreachable/);
    expect(server.requests.length).toBe(3);
  });

  it("is not sent without credentials", async () => {
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) vi.stubEnv(name, "");
    const delivering = (await opened()).deliver(PLACE, "secret-one");
    await expect(delivering).rejects.toThrow(
      /nothing was sent: .*\[gatehouse:refused\]\n.*credentials where the SDK of AWS looks for them/,
    );
    for (const [name, value] of Object.entries(CREDENTIALS)) vi.stubEnv(name, value);
    expect(server.requests).toEqual([]);
  });

  it("goes to no address that only a variable names", async () => {
    vi.stubEnv("AWS_ENDPOINT_URL", server.url);
    const delivering = (await opened({ endpoint: undefined })).deliver(PLACE, "secret-one");
    await expect(delivering).rejects.toThrow(/gatehouse:unreachable/);
    vi.stubEnv("AWS_ENDPOINT_URL", undefined);
    expect(server.requests).toEqual([]);
  });

  it("is given up when no answer comes in time", async () => {
    const silent = await startApi(() => ({ status: 200 }), { isSilent: true });
    const sink = await opened({ endpoint: silent.url }, { GATEHOUSE_TIMEOUT_MS: "50" });
    await expect(sink.deliver(PLACE, "secret-one")).rejects.toThrow(/no whole answer came.*\[gatehouse:unreachable/);
    await silent.close();
  });
});
