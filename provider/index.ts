/** The public surface of the package, for Pulumi programs. */
export { ControlPlane, type ControlPlaneArgs } from "./control-plane.js";
export * from "./resources.js";
export { StackFile, type StackFileArgs } from "./stack-file.js";
