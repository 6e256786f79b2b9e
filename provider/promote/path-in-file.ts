/** The path of an object in its file: its logical name without the control plane that it is on. */
export function pathInFile(logicalName: string): string {
  return logicalName.replace(/^controlPlanes\/[^/]+\//, "");
}
