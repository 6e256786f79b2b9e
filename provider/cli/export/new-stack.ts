import { remarksOn } from "../../export/remarks.js";
import { type FileText, type StackHead, stackFiles } from "../../export/stack-files.js";
import { controlPlaneBlock, stackName } from "../../export/stack-head.js";
import type { Session } from "../../lifecycle/session.js";
import { today } from "../../today.js";
import { targetAt } from "../target.js";
import { inTemporaryFolder, schemaFile, writeFiles } from "./files.js";
import { houseFor } from "./house.js";
import type { ExportOutcome, Reading } from "./outcome.js";
import { problemsAt } from "./problems.js";

interface NewStack extends Reading {
  readonly session: Session;
  /** As it was asked for; that of the organization when absent. */
  readonly name: string | undefined;
  readonly organizationName: string;
}

/** Writes a new stack folder. */
export function writeNewStack({ session: { adapter, settings }, organizationName, ...reading }: NewStack): ExportOutcome {
  const { path, exported, unread, name = stackName(organizationName, settings.system) } = reading;
  const about = `Written by \`gatehouse export\` on ${today()}. ${adapter.title}${settings.url === undefined ? "" : `: ${settings.url}`}`;
  const head: StackHead = { name, controlPlane: controlPlaneBlock(settings), about };
  const remarks = remarksOn(exported, unread);
  const governance = houseOf(stackFiles(head, exported.objects, remarks));
  const files = [...stackFiles({ ...head, governance }, exported.objects, remarks), ...schemaFile(path)];
  writeFiles(path, files);
  const written = files.map((file) => file.name);
  const nothing = { differences: [], tookLive: false, missing: [], byHand: [] };
  return { path, exported, unread, name, written, problems: problemsAt(path), auditOnly: governance !== undefined, ...nothing };
}

function houseOf(files: readonly FileText[]): StackHead["governance"] {
  return inTemporaryFolder(files, (folder) => (problemsAt(folder).length > 0 ? undefined : houseFor(targetAt(folder))));
}
