/** What the operator's `pulumi up` runs: the stack file in the folder beside this one. */
import { fileURLToPath } from "node:url";
import { StackFile } from "pulumi-gatehouse";

new StackFile("acme", { path: fileURLToPath(new URL("../gateway/gatehouse.yaml", import.meta.url)) });
