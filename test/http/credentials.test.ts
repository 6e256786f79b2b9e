import { describe, expect, test } from "vitest";
import { assertTrusted, credential } from "../../provider/http/credentials.js";
import { type ControlPlaneSettings, effectiveUrl, rehearsalProblem, urlVariable } from "../../provider/http/settings.js";

const at = (url: string | undefined, more: Partial<ControlPlaneSettings> = {}): ControlPlaneSettings => ({
  name: "main",
  system: "gatehouse",
  url,
  ...more,
});

describe("an origin", () => {
  test.each(["http://127.0.0.1:8787", "http://localhost:1", "http://[::1]:1", "https://127.9.8.7"])(
    "of this machine is trusted: %s",
    (url) => {
      expect(assertTrusted(at(url), {}).origin).toBe(new URL(url).origin);
    },
  );

  test.each([
    "http://gateway.acme.example",
    "http://127.0.0.1.acme.example",
    "http://localhost.acme.example",
    "http://0.0.0.0:8787",
    "http://[::ffff:8.8.8.8]:1",
  ])("is not sent a credential over plain http: %s", (url) => {
    expect(() => assertTrusted(at(url), { GATEHOUSE_ORIGINS: url })).toThrow(/plain http to loopback only/);
  });

  test("over https is trusted only when the environment names it", () => {
    const settings = at("https://gateway.acme.example/api");
    expect(() => assertTrusted(settings, {})).toThrow(/set GATEHOUSE_ORIGINS=https:\/\/gateway.acme.example in the environment/);
    expect(() => assertTrusted(settings, { GATEHOUSE_ORIGINS: "https://gateway.acme.example.evil.example" })).toThrow(
      /no credential is bound/,
    );
    expect(() => assertTrusted(settings, { GATEHOUSE_ORIGINS: "https://gateway.acme.example:8443" })).toThrow(/no credential is bound/);
    expect(assertTrusted(settings, { GATEHOUSE_ORIGINS: "https://a.example, https://gateway.acme.example" }).pathname).toBe("/api");
  });

  test("that the environment gives as the address is trusted", () => {
    expect(assertTrusted(at("http://127.0.0.1:1"), { GATEHOUSE_URL: "https://gateway.acme.example" }).host).toBe("gateway.acme.example");
  });

  test("given by the shared variable is not used where there are several control planes", () => {
    const several = at("http://127.0.0.1:1", { name: "eu-west", oneOfSeveral: true });
    expect(effectiveUrl(several, { GATEHOUSE_URL: "http://127.0.0.1:2" }).port).toBe("1");
    expect(effectiveUrl(several, { GATEHOUSE_URL_EU_WEST: "http://127.0.0.1:3" }).port).toBe("3");
    expect(urlVariable("eu-west")).toBe("GATEHOUSE_URL_EU_WEST");
  });
});

describe("a rehearsal", () => {
  const rehearsal = (url: string | undefined) => at(url, { system: "olyx", transport: "rehearsal" });
  const trusting = { GATEHOUSE_ORIGINS: "https://app.olyx.example" };

  test("stays on this machine, whatever origin a credential is bound to", () => {
    expect(() => assertTrusted(rehearsal("https://app.olyx.example"), trusting)).toThrow(
      /rehearses at https:\/\/app.olyx.example, which is not this machine.*\n.*gatehouse serve --profile olyx/,
    );
    expect(() => assertTrusted(rehearsal("http://127.0.0.1:1"), { GATEHOUSE_URL: "https://app.olyx.example" })).toThrow(/not this machine/);
    expect(assertTrusted(rehearsal("http://127.0.0.1:1"), trusting).port).toBe("1");
    expect(assertTrusted(rehearsal("https://app.olyx.example"), { GATEHOUSE_URL: "http://localhost:2" }).port).toBe("2");
  });

  test("without an address has nothing wrong with it before it is sent", () => {
    expect(rehearsalProblem(rehearsal(undefined), {})).toBeUndefined();
    expect(() => assertTrusted(rehearsal(undefined), {})).toThrow(/has no address/);
  });
});

describe("an address", () => {
  test("that is missing is told with the variable that gives one", () => {
    expect(() => effectiveUrl(at(undefined), {})).toThrow(/set GATEHOUSE_URL_MAIN/);
  });

  test.each(["gateway.acme.example", "ftp://gateway.acme.example", "https://ada:hunter2@gateway.acme.example"])("is refused: %s", (url) => {
    const attempt = () => effectiveUrl(at(url), {});
    expect(attempt).toThrow(/not an http or https URL without user and password/);
    expect(attempt).not.toThrow(/hunter2/);
  });
});

describe("a credential", () => {
  test("comes from the variable that the declaration names, or from GATEHOUSE_TOKEN", () => {
    const named = at("http://127.0.0.1:1", { credentials: { token: { env: "GATEHOUSE_EU_TOKEN" } } });
    expect(credential(named, "token", { GATEHOUSE_EU_TOKEN: "eu", GATEHOUSE_TOKEN: "other" })).toBe("eu");
    expect(credential(at("http://127.0.0.1:1"), "token", { GATEHOUSE_TOKEN: "other" })).toBe("other");
  });

  test("cannot be another secret of the machine", () => {
    const greedy = at("http://127.0.0.1:1", { credentials: { token: { env: "AWS_SECRET_ACCESS_KEY" } } });
    expect(() => credential(greedy, "token", { AWS_SECRET_ACCESS_KEY: "s" })).toThrow(/only variables that begin with GATEHOUSE_/);
  });

  test("that is missing is told by the name of its variable", () => {
    expect(() => credential(at("http://127.0.0.1:1"), "token", { GATEHOUSE_TOKEN: "" })).toThrow(/GATEHOUSE_TOKEN, which is not set/);
  });
});
