export { SourceFile, type Origin, type Position } from "./source-file.js";
export { formatLocation, inFile, type Span } from "./span.js";
export { DiagnosticCollector, hasErrors, type Diagnostic, type RelatedPlace, type Severity } from "./diagnostic.js";
export {
  describeCause,
  errorRow,
  errorTable,
  ImagewrightError,
  isImagewrightError,
  type ErrorRow,
  type ErrorTable,
  type ErrorText,
} from "./errors.js";
export type { ErrorClass } from "./error-class.js";
export { httpStatus } from "./http-status.js";
export { count, escapeControls, listOf, LONGEST_QUOTE, nearest, quote, unknownName } from "./wording.js";
export { shellWord } from "./shell-word.js";
export { renderText, type TextOptions } from "./render-text.js";
export { toJson, type JsonDiagnostic, type JsonPlace } from "./render-json.js";
export { toSarif } from "./render-sarif.js";
