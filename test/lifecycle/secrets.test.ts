import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Environment } from "../../provider/http/settings.js";
import { resolvedSecrets } from "../../provider/lifecycle/secrets.js";
import { KINDS } from "../../schema/kinds/index.js";

function resolveSecret(value: unknown, property: string, environment: Environment): unknown {
  return resolvedSecrets(KINDS.ProviderCredential, { [property]: value }, environment)[property];
}

test("a value stands for itself, a reference for what it names", () => {
  expect(resolveSecret("s3cret", "value", {})).toBe("s3cret");
  expect(resolveSecret({ env: "GATEHOUSE_KEY", version: 2 }, "value", { GATEHOUSE_KEY: "s3cret" })).toBe("s3cret");
});

test("a variable without the prefix is refused, whatever it holds", () => {
  expect(() => resolveSecret({ env: "AWS_SECRET_ACCESS_KEY" }, "value", { AWS_SECRET_ACCESS_KEY: "s" })).toThrow(/begin with GATEHOUSE_/);
});

test("a file is read below the folder of secrets only: no path and no link leads out of it", () => {
  const outside = mkdtempSync(join(tmpdir(), "secrets-"));
  const folder = join(outside, "secrets");
  mkdirSync(folder);
  writeFileSync(join(folder, "openai"), "s3cret\n");
  writeFileSync(join(outside, "passwd"), "root");
  symlinkSync(join(outside, "passwd"), join(folder, "link"));
  const environment = { GATEHOUSE_SECRETS_DIR: folder };
  expect(resolveSecret({ file: "openai" }, "value", environment)).toBe("s3cret");
  for (const file of ["../passwd", "link"])
    expect(() => resolveSecret({ file }, "value", environment)).toThrow(/not below GATEHOUSE_SECRETS_DIR/);
  expect(() => resolveSecret({ file: "absent" }, "value", environment)).toThrow(/cannot be read/);
  expect(() => resolveSecret({ file: "openai" }, "value", {})).toThrow(/GATEHOUSE_SECRETS_DIR is not set/);
});

test("secrets are resolved at any depth, and nothing else is touched", () => {
  const declared = {
    name: "staging",
    authProfiles: { admin: { flavor: "api", token: { env: "GATEHOUSE_ADMIN" } }, viewer: { flavor: "ui" } },
    variables: { env: "not a reference" },
  };
  expect(resolvedSecrets(KINDS.Environment, declared, { GATEHOUSE_ADMIN: "s3cret" })).toEqual({
    name: "staging",
    authProfiles: { admin: { flavor: "api", token: "s3cret" }, viewer: { flavor: "ui" } },
    variables: { env: "not a reference" },
  });
});
