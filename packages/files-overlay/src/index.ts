export { changeOf, type FileChange } from "./file-changes.js";
export { LONGEST_CONTENT, type FileFacts } from "./file-facts.js";
export { createOverlay, type Overlay, type OverlayOptions } from "./overlay.js";
