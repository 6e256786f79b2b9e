import { join } from "node:path";
import { readDefinitions } from "../schema/generate/doc-comments.js";
import { packageRoot } from "../schema/generate/generated-files.js";
import { ADAPTER_LIST } from "./adapters/index.js";
import { supportMatrix } from "./adapters/support-matrix.js";
import { gateTable } from "./gates/gate-table.js";
import { GATES } from "./gates/index.js";
import { ruleTable } from "./policies/rule-table.js";
import { RULES } from "./policies/rules/index.js";
import { severityTable } from "./report/severity-table.js";
import { SINK_TYPES } from "./sinks/index.js";
import { sinkTable } from "./sinks/sink-table.js";
import { unmanagedTable } from "./unmanaged/severity-table.js";

/** Generated parts of the README, by the name in their markers, besides what the kinds give. */
export function readmeSections(): Readonly<Record<string, string>> {
  const sinkDocs = readDefinitions(join(packageRoot(), "provider/sinks/types"), "defineSinkType", "settings");
  return {
    support: supportMatrix(ADAPTER_LIST),
    guardrails: ruleTable(RULES),
    gates: gateTable(GATES),
    severities: severityTable(),
    sinks: sinkTable(SINK_TYPES, sinkDocs),
    unmanaged: unmanagedTable(),
  };
}
