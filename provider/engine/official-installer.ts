/**
 * Runs Pulumi's own installer into the folder named by the first argument, for the version named by the second, and says
 * "reached" to its parent as soon as the installer's server has answered. A process of its own, so that giving up ends it and
 * everything that it started.
 */
import { createRequire } from "node:module";
import { PulumiCommand } from "@pulumi/pulumi/automation/index.js";

const [root = "", version = ""] = process.argv.slice(2);

const answer = await fetch("https://get.pulumi.com/install.sh", { method: "HEAD" });
if (!answer.ok) throw new Error(`the installer's server answered ${answer.status}`);
process.send?.("reached");

// The installer wants a version object of the SDK's own copy of semver.
const { SemVer } = createRequire(import.meta.resolve("@pulumi/pulumi"))("semver");
await PulumiCommand.install({ root, version: new SemVer(version) });
process.exit(0);
