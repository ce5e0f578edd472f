export { SourceFile, type Position } from "./source-file.js";
export { formatLocation, type Span } from "./span.js";
export { DiagnosticCollector, hasErrors, type Diagnostic, type RelatedPlace, type Severity } from "./diagnostic.js";
export { describeCause, errorTable, ImagewrightError, type ErrorText } from "./errors.js";
export { count, listOf, nearest, quote, unknownName } from "./wording.js";
export { renderText, type TextOptions } from "./render-text.js";
export { toJson, type JsonDiagnostic, type JsonPlace } from "./render-json.js";
export { toSarif } from "./render-sarif.js";
