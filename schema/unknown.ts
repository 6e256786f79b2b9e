/**
 * Stands for a value that only an apply will know, whatever its type: arrays and objects too. The engine's own marker
 * (`rpc.unknownValue` in @pulumi/pulumi), written here because this folder imports nothing of Pulumi; a test compares the two.
 */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** True when the value is unknown, or holds something that is. */
export function hasUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}
