import { chmodSync, mkdirSync, mkdtempSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openSink } from "../../../provider/sinks/index.js";
import type { Sink } from "../../../provider/sinks/sink.js";
import { placeOf, sinkConformance } from "../conformance.js";
import { operated } from "../operated.js";

const newFolder = () => mkdtempSync(join(tmpdir(), "keys-"));
const fileSink = (folder: string): Promise<Sink> =>
  openSink("files", operated({ files: { type: "file", folder, path: "{project}/{key}" } }));

sinkConformance(
  "file",
  async () => {
    const folder = newFolder();
    return {
      settings: { folder, path: "{project}/{key}" },
      environment: {},
      held: ({ project, key }) => contentOf(join(folder, project, key)),
      refuse: () => chmodSync(folder, 0o777),
      recover: () => chmodSync(folder, 0o700),
      close: () => undefined,
    };
  },
  { restores: true },
);

describe("a file", () => {
  it("is its owner's alone, as are the folders that are made for it", async () => {
    const folder = newFolder();
    await (await fileSink(folder)).deliver(placeOf("checkout", "api"), "secret-one");
    expect(statSync(join(folder, "checkout", "api")).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, "checkout")).mode & 0o777).toBe(0o700);
  });

  it("keeps the former secret beside it, which a second delivery of the same does not push out", async () => {
    const folder = newFolder();
    const sink = await fileSink(folder);
    for (const secret of ["secret-one", "secret-two", "secret-two"]) await sink.deliver(placeOf("checkout", "api"), secret);
    const previous = join(folder, "checkout", "api.previous");
    expect(contentOf(previous)).toBe("secret-one");
    expect(statSync(previous).mode & 0o777).toBe(0o600);
  });

  it("is not written through a link, nor below a folder that others may write", async () => {
    const folder = newFolder();
    const elsewhere = newFolder();
    writeFileSync(join(elsewhere, "taken"), "untouched");
    symlinkSync(elsewhere, join(folder, "linked"));
    mkdirSync(join(folder, "shared"));
    chmodSync(join(folder, "shared"), 0o770);
    mkdirSync(join(folder, "checkout"));
    symlinkSync(join(elsewhere, "taken"), join(folder, "checkout", "api"));
    const sink = await fileSink(folder);
    await expect(sink.deliver(placeOf("linked", "api"), "secret-one")).rejects.toThrow("linked is no folder");
    await expect(sink.deliver(placeOf("shared", "api"), "secret-one")).rejects.toThrow(/others than its owner may write to .*shared/);
    await expect(sink.deliver(placeOf("checkout", "api"), "secret-one")).rejects.toThrow("is there and is no file");
    expect(contentOf(join(elsewhere, "taken"))).toBe("untouched");
  });

  it("is not taken for the former one of another key", async () => {
    const sink = await fileSink(newFolder());
    await expect(sink.deliver(placeOf("checkout", "api.previous"), "secret-one")).rejects.toThrow("does not end with .previous");
  });
});

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
