/** The stack file beside this program, inside a Pulumi program: what `pulumi up` at the root of the repository runs. */
import { fileURLToPath } from "node:url";
import { StackFile } from "pulumi-gatehouse";

new StackFile("acme", { path: fileURLToPath(new URL("gatehouse.yaml", import.meta.url)) });
