import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { secretValue } from "../../provider/sinks/secret-value.js";

describe("a secret of a sink", () => {
  it("is what the variable or the file holds when it is asked for", () => {
    const file = join(mkdtempSync(join(tmpdir(), "secret-")), "token");
    writeFileSync(file, "first\n");
    expect(secretValue({ env: "VAULT_TOKEN" }, { VAULT_TOKEN: "from-a-variable" })).toBe("from-a-variable");
    expect(secretValue({ file }, {})).toBe("first");
    writeFileSync(file, "renewed\r\n");
    expect(secretValue({ file }, {})).toBe("renewed");
  });

  it("is missed by the name of what should hold it", () => {
    const empty = join(mkdtempSync(join(tmpdir(), "secret-")), "empty");
    writeFileSync(empty, "\n");
    expect(() => secretValue({ env: "VAULT_TOKEN" }, { VAULT_TOKEN: "" })).toThrow("needs the variable VAULT_TOKEN, which is not set");
    expect(() => secretValue({ file: "/nowhere/token" }, {})).toThrow("needs the file /nowhere/token, which cannot be read (ENOENT)");
    expect(() => secretValue({ file: empty }, {})).toThrow("which is empty");
  });
});
