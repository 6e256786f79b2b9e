export { type BodyOptions, commentBody } from "./comment-body.js";
export type { Forge, ForgeOptions } from "./forge.js";
export { markerOf } from "./marker.js";
export { FORGES, type ForgeName, PLATFORMS } from "./platforms.js";
export { type Posted, postComment } from "./post.js";
export { type PreviewDocument, type PreviewFailure, parsePreview, type UnreadablePreview } from "./preview-document.js";
export { appendStepSummary } from "./step-summary.js";
export { openForge, platformOf } from "./target.js";
