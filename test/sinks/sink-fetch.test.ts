import { describe, expect, it, onTestFinished } from "vitest";
import { sinkFetch } from "../../provider/sinks/sink-fetch.js";
import { startApi } from "./api-server.js";

describe("the fetch of sinks", () => {
  it("goes nowhere but to the sink's own origin", async () => {
    const elsewhere = await startApi(() => ({ status: 200 }));
    onTestFinished(elsewhere.close);
    const fetch = sinkFetch("https://vault.acme.example/v1", {});
    await expect(fetch(`${elsewhere.url}/v1/secret`)).rejects.toThrow(`was told to go on at ${elsewhere.url}`);
    expect(elsewhere.requests).toEqual([]);
  });

  it("sends again what failed for a moment, and gives the answer that came in the end", async () => {
    const api = await startApi(() => ({ status: 200, body: { kept: true } }));
    onTestFinished(api.close);
    for (const status of [503, 429]) api.answerNext({ status, headers: { "retry-after": "0" } });
    const answer = await sinkFetch(api.url, {})(`${api.url}/secret`, { method: "PUT", body: "{}" });
    expect([answer.status, await answer.json(), api.requests.length]).toEqual([200, { kept: true }, 3]);
  });

  it("gives up on a server that does not answer in time", async () => {
    const silent = await startApi(() => ({ status: 200 }), { isSilent: true });
    onTestFinished(silent.close);
    const waiting = sinkFetch(silent.url, { GATEHOUSE_TIMEOUT_MS: "20" })(`${silent.url}/secret`);
    await expect(waiting).rejects.toThrow(/no whole answer came \(TimeoutError\)/);
  });
});
