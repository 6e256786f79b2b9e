/**
 * Imports go one way (DESIGN.md §3). Each entry: a part of the provider, and the parts that it may import besides itself. A new
 * file or folder in `provider/` gets an entry here before anything may import it. The command line may import everything.
 */
const allowed = {
  errors: ["schema"],
  http: ["schema", "errors"],
  settings: ["schema", "errors"],
  providerString: [],
  wireValues: ["schema"],
  privateFile: [],
  hostLifetime: [],
  config: ["schema", "errors", "settings"],
  today: [],
  server: ["schema"],
  adapters: ["schema", "errors", "http"],
  dashboard: ["schema", "errors", "settings", "adapters"],
  rotation: ["schema", "listed"],
  sinks: ["schema", "errors", "http", "privateFile", "stackfile"],
  listed: ["schema"],
  lifecycle: ["schema", "errors", "http", "adapters", "dashboard", "sinks", "rotation", "today"],
  governanceProblems: ["schema", "gates", "policies", "stackfile"],
  dynamic: ["schema", "errors", "http", "adapters", "lifecycle", "config", "wireValues", "hostLifetime", "governanceProblems"],
  stackfile: ["schema", "errors", "settings", "today"],
  export: ["schema", "errors", "adapters", "lifecycle", "stackfile"],
  promote: ["schema", "errors", "adapters", "settings", "stackfile", "policies", "report"],
  resources: ["schema", "errors", "settings", "config", "providerString", "stackfile", "today"],
  index: ["schema", "errors", "resources"],
  generate: ["schema", "adapters", "policies", "gates", "report", "sinks", "unmanaged"],
  engine: ["errors"],
  report: ["schema", "errors", "adapters", "providerString", "policies", "plan", "gates", "rotation", "ends"],
  plan: ["schema", "errors", "providerString", "config", "settings", "rotation"],
  gates: ["schema", "errors", "adapters", "listed", "providerString", "plan", "rotation"],
  unmanaged: ["schema", "adapters", "listed", "stackfile", "export", "gates", "report"],
  comment: ["schema", "errors", "http", "report"],
  reconcile: ["schema", "errors", "adapters", "providerString", "plan", "gates", "report"],
  policies: ["schema", "errors", "adapters", "resources", "providerString", "stackfile", "hostLifetime", "today"],
  ends: ["schema", "adapters", "policies", "stackfile"],
};

/** Where a part is, unless it is the folder of that name. */
const paths = {
  schema: "^schema/",
  errors: "^provider/errors\\.ts$",
  settings: "^provider/http/settings\\.ts$",
  // What a listed object shows by itself: its names and ids, whether it has ended, whether it goes.
  listed: "^provider/lifecycle/(object-id|live-ids|natural-key|retiring-name|is-ended|matches-pattern|sweep)\\.ts$",
  providerString: "^provider/provider-string\\.ts$",
  wireValues: "^provider/wire-values\\.ts$",
  privateFile: "^provider/private-file\\.ts$",
  today: "^provider/today\\.ts$",
  hostLifetime: "^provider/host-lifetime\\.ts$",
  config: "^provider/config\\.ts$",
  governanceProblems: "^provider/governance-problems\\.ts$",
  dynamic: "^provider/dynamic\\.ts$",
  resources: "^provider/(resource[^/]*|governed|control-plane|stack-file)\\.ts$",
  generate: "^provider/(generate|readme-sections)\\.ts$",
  index: "^provider/index\\.ts$",
};
const pathOf = (part) => paths[part] ?? `^provider/${part}/`;

const directions = Object.entries(allowed).map(([part, targets]) => ({
  name: `${part}-imports-only-what-is-below`,
  severity: "error",
  from: { path: pathOf(part) },
  to: { path: "^(schema|provider)/", pathNot: [part, ...targets].map(pathOf) },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "schema-imports-nothing-of-the-provider", severity: "error", from: { path: "^schema/" }, to: { path: "^provider/" } },
    { name: "lifecycle-knows-nothing-of-pulumi", severity: "error", from: { path: pathOf("lifecycle") }, to: { path: "@pulumi/" } },
    { name: "nothing-imports-the-command-line", severity: "error", from: { pathNot: "^provider/cli/" }, to: { path: "^provider/cli/" } },
    { name: "every-import-resolves", severity: "error", from: {}, to: { couldNotResolve: true } },
    ...directions,
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default", "types"] },
  },
};
