export { checkComponents, prepareComponents, type CheckedComponents, type CheckRequest, type ParameterValues, type PreparedComponents, type PrepareRequest } from "./check-components.js";
export { loadLocalDocument, type DocumentLoader } from "./load-document.js";
export { detailedOutput, summarize, type RunSummary } from "./results.js";
export { runComponents, type ComponentRun, type ComponentRunRequest } from "./run-components.js";
