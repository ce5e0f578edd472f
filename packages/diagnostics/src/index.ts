export { SourceFile, type Origin, type Position } from "./source-file.js";
export { formatLocation, inFile, type Span } from "./span.js";
export { DiagnosticCollector, hasErrors, type Diagnostic, type RelatedPlace, type Severity } from "./diagnostic.js";
export { ReferenceFaults } from "./reference-faults.js";
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
export { count, listOf, LONGEST_QUOTE, nearest, quote, quoteInFull, unknownName } from "./wording.js";
export { escapeControls, escapeOutput } from "./screen/escape.js";
export { OutputEscaper } from "./screen/output-escaper.js";
export { safeJson } from "./screen/safe-json.js";
export { joinSafe, safe, safeLines, shownOutput, type SafePart, type SafeText } from "./screen/safe-text.js";
export { wantsColor } from "./screen/wants-color.js";
export { createStyles, type Style, type Styles } from "./screen/styles.js";
export { renderText, showDiagnostics, type TextOptions } from "./render-text.js";
export { shellWord } from "./shell-word.js";
export { toJson, type JsonDiagnostic, type JsonPlace } from "./render-json.js";
export { toSarif } from "./render-sarif.js";
