/**
 * The text that the engine stores with every resource and that the dynamic host evaluates to find its provider.
 *
 * It must never change between releases: a new text would update every resource of every stack, while refresh and destroy would go
 * on to run the old one. It resolves the package from the program's folder, because a bare `require` fails inside this package's own
 * repository. A test pins it.
 */
export function providerString(provider: string): string {
  return `exports.handler=()=>require("module").createRequire(process.cwd()+"/")("pulumi-gatehouse/dynamic").providers.${provider};`;
}

/** Type token of the resources of a kind. */
export function typeToken(kind: string): string {
  return `pulumi-nodejs:dynamic/gatehouse:${kind}`;
}

/** The kind in a type token, or undefined for the types of others. */
export function kindOfToken(token: string): string | undefined {
  return /^pulumi-nodejs:dynamic\/gatehouse:(\w+)$/.exec(token)?.[1];
}

/** Resources that Gatehouse registers for itself: they are no kinds, and reports leave them out. */
export const INTERNAL_TYPES = ["ControlPlaneIdentity", "ExclusiveCollection"] as const;
