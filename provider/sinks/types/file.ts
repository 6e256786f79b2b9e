import { existsSync, lstatSync, mkdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { Refused } from "../../errors.js";
import { putPrivateFile } from "../../private-file.js";
import { defineSinkType } from "../define-sink-type.js";
import { fingerprintOf } from "../fingerprint.js";
import { PATH } from "../place-rules.js";
import { absolutePath } from "../setting-fields.js";
import type { Delivered } from "../sink.js";
import { filled, type NameRule, template } from "../template.js";

const PREVIOUS = ".previous";
const WRITABLE_BY_OTHERS = 0o022;

/** A file of that ending would be taken for the former one of another key. */
const FILE_PATH: NameRule = {
  ...PATH,
  name: /^(?!.*\.(?:previous|tmp)$)[A-Za-z0-9_](?:[A-Za-z0-9 ._@+-]*[A-Za-z0-9_@+-])?$/,
  described: `${PATH.described}, and does not end with .previous or .tmp`,
  whole: `${PATH.whole}(?!.*\\.(?:previous|tmp)(?:/|$))`,
};

/** Files of mode 0600 below a folder of the machine that runs Gatehouse. The former secret stays beside as `NAME.previous`. */
export const file = defineSinkType("file", {
  title: "Files",
  settings: {
    /** Folder that the files are below, as an absolute path. It must be there, and be writable by its owner only. */
    folder: absolutePath(),
    /** Path of the file below the folder, such as `{project}/{key}`. Folders in it are made. */
    path: template(FILE_PATH),
  },
  open: async ({ folder, path }) => ({
    deliver: async (place, secret) => at(folder, filled(path, FILE_PATH, place), (target) => putSecret(target, secret)),
    restore: async (place, former) =>
      at(folder, filled(path, FILE_PATH, place), (target) => {
        const found = [target, target + PREVIOUS].map(contentOf).find((content) => isVersion(content, former.version));
        if (found === undefined) throw notThere(target);
        return putSecret(target, found);
      }),
  }),
});

/** Does something with the file at a path below the folder. What the file system refuses is surely not done. */
function at(folder: string, path: string, task: (target: string) => Delivered): Delivered {
  try {
    return task(targetBelow(folder, path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof Refused) throw error;
    throw new Refused({
      what: `cannot write ${join(folder, path)} (${code})`,
      advice: "Let whoever runs this write there, and run again.",
    });
  }
}

/** Makes the secret the content of the file, and what it replaces the former one. */
function putSecret(target: string, secret: string): Delivered {
  const present = contentOf(target);
  if (present !== undefined && present !== secret) putPrivateFile(target + PREVIOUS, present);
  if (present !== secret) putPrivateFile(target, secret);
  return deliveredTo(target, secret);
}

function isVersion(content: string | undefined, version: string | undefined): boolean {
  return content !== undefined && fingerprintOf(content) === version;
}

/** A file has no versions of its own: the fingerprint tells them apart. */
function deliveredTo(target: string, secret: string): Delivered {
  return { place: target, version: fingerprintOf(secret) };
}

/** The path below the folder, all of whose folders are there and are written by their owner only. */
function targetBelow(folder: string, path: string): string {
  assertPrivate(folder);
  const parts = dirname(path) === "." ? [] : dirname(path).split("/");
  const parent = parts.reduce((above, part) => {
    const below = join(above, part);
    if (!existsSync(below)) mkdirSync(below, { mode: 0o700 });
    assertPrivate(below);
    return below;
  }, folder);
  return join(parent, basename(path));
}

function assertPrivate(folder: string): void {
  const { mode } = lstatSync(folder);
  const isFolder = (mode & 0o170000) === 0o040000;
  if (isFolder && (mode & WRITABLE_BY_OTHERS) === 0) return;
  throw new Refused({
    what: isFolder ? `others than its owner may write to ${folder}` : `${folder} is no folder`,
    advice: isFolder ? `Run chmod go-w ${folder}, and run again.` : "Name a folder, and no link to one.",
  });
}

function contentOf(target: string): string | undefined {
  if (!existsSync(target)) return undefined;
  if (lstatSync(target).isFile()) return readFileSync(target, "utf8");
  throw new Refused({ what: `${target} is there and is no file`, advice: "Move it away, and run again." });
}

function notThere(target: string): Refused {
  return new Refused({
    what: `neither ${target} nor ${basename(target)}${PREVIOUS} holds the former secret any more`,
    advice: "Rotate the key again: the next secret is handed over as a new one.",
  });
}
