// Run by the engine's language host, in this folder.
require("../../../dist/provider/policies/start-pack.js").startPack();
