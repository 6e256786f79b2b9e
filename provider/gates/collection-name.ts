/** Name of the only control plane, whose objects are called without it (as in a stack file). */
const MAIN = "main";

/** What stands for several objects of one control plane where an approval names an object. */
export function collectionName(controlPlane: string, path: string): string {
  return controlPlane === MAIN ? path : `controlPlanes/${controlPlane}/${path}`;
}
