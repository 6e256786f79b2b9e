import { expect, test } from "vitest";
import { configOf, settingsFrom } from "../../provider/config.js";

test("settings survive the way to the provider host as plain configuration", () => {
  const settings = {
    name: "eu",
    system: "gatehouse",
    url: "https://eu.acme.example",
    credentials: { token: { env: "GATEHOUSE_EU_TOKEN" } },
    oneOfSeveral: true,
    transport: "rehearsal",
    allowAssumed: true,
  } as const;
  const config = configOf(settings);
  expect(Object.values(config).every((value) => typeof value === "string")).toBe(true);
  expect(settingsFrom((key) => config[key])).toEqual(settings);
});

test("a stack's configuration alone gives a control plane: system, url and the name of the token's variable", () => {
  const config: Record<string, string> = { "gatehouse:url": "http://127.0.0.1:8787", "gatehouse:tokenEnv": "GATEHOUSE_CI_TOKEN" };
  expect(settingsFrom((key) => config[key])).toEqual({
    name: "main",
    system: "gatehouse",
    url: "http://127.0.0.1:8787",
    credentials: { token: { env: "GATEHOUSE_CI_TOKEN" } },
    oneOfSeveral: false,
    allowAssumed: false,
  });
});

test("credentials that are not JSON are refused by the key that holds them", () => {
  expect(() => settingsFrom((key) => (key === "gatehouse:credentials" ? "{" : undefined))).toThrow(/gatehouse:credentials is not JSON/);
});
