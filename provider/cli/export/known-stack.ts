import { type Merge, mergeOf } from "../../export/merge.js";
import { mergedFiles } from "../../export/merged-files.js";
import { remarksOn, type UnreadKind } from "../../export/remarks.js";
import type { Session } from "../../lifecycle/session.js";
import type { Stack } from "../../stackfile/index.js";
import { today } from "../../today.js";
import type { ListedObject } from "../../unmanaged/question.js";
import { filesOf, isOneFile, writeFiles } from "./files.js";
import type { ExportOutcome } from "./outcome.js";
import { problemsAt } from "./problems.js";

interface KnownStack {
  readonly path: string;
  readonly stack: Stack;
  readonly session: Session;
  readonly live: readonly ListedObject[];
  readonly unread: readonly UnreadKind[];
  readonly takeLive: boolean;
}

/** Adds what is new to a stack that is there, and tells what it declares otherwise than it is. */
export function addToStack({ path, stack, session, live, unread, takeLive }: KnownStack): ExportOutcome {
  const { adapter, settings } = session;
  const merge: Merge = mergeOf(adapter, stack, settings.name, live, today());
  const { files, byHand } = mergedFiles(filesOf(path, stack.files), merge, {
    takeLive,
    isOneFile: isOneFile(path),
    on: stack.controlPlanes.length > 1 ? settings.name : undefined,
    remarks: remarksOn(merge.added, unread),
  });
  writeFiles(path, files);
  return {
    path,
    name: stack.name,
    exported: merge.added,
    unread,
    written: files.map(({ name }) => name),
    problems: problemsAt(path),
    auditOnly: false,
    differences: merge.differences,
    tookLive: takeLive,
    missing: merge.missing,
    byHand,
  };
}
