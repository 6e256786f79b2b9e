import type { CommandLine } from "../command-line.js";
import { accessCommand } from "./access.js";
import { auditCommand } from "./audit.js";
import { checklistCommand } from "./checklist.js";
import { commentCommand } from "./comment.js";
import { confirmCommand } from "./confirm.js";
import { destroyCommand } from "./destroy.js";
import { driftCommand } from "./drift.js";
import { exportCommand } from "./export.js";
import { previewCommand } from "./preview.js";
import { promoteCommand } from "./promote.js";
import { reconcileCommand } from "./reconcile.js";
import { refreshCommand } from "./refresh.js";
import { schemaCommand } from "./schema.js";
import { secretCommand } from "./secret.js";
import { serveCommand } from "./serve.js";
import { upCommand } from "./up.js";
import { validateCommand } from "./validate.js";

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandLine[] = [
  validateCommand,
  previewCommand,
  upCommand,
  refreshCommand,
  destroyCommand,
  secretCommand,
  driftCommand,
  auditCommand,
  accessCommand,
  reconcileCommand,
  commentCommand,
  checklistCommand,
  confirmCommand,
  exportCommand,
  promoteCommand,
  serveCommand,
  schemaCommand,
];
