export type { Access } from "./access.js";
export type { AccessChange } from "./access-change.js";
export { accessChangeText } from "./access-change-text.js";
export { accessDiff } from "./access-diff.js";
export { accessHtml } from "./access-html.js";
export { accessJson } from "./access-json.js";
export { accessMatrix } from "./access-matrix.js";
export { accessText } from "./access-text.js";
export { effectiveAccess } from "./effective-access.js";
