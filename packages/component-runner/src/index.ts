export {
  checkComponents,
  checkFile,
  joinChecked,
  prepareComponents,
  type CheckedComponents,
  type CheckRequest,
  type ParameterValues,
  type PreparedComponents,
  type PrepareRequest,
} from "./check-components.js";
export { joinFaults } from "./join-faults.js";
export { toAgentEvents } from "./agent-events.js";
export { EventDrafts } from "./event-drafts.js";
export { failedSteps, renderFailedStep, type FailedStep, type FailedStepOptions } from "./failed-step.js";
export { findDocuments, type FoundDocuments } from "./find-documents.js";
export { loadLocalDocument, loadStream, localLoader, type DocumentLoader } from "./load-document.js";
export { renderWarning, warningsOf, type PlacedWarning } from "./step-warning.js";
export type { LogReaders } from "./log-folder.js";
export { detailedOutput, type RunSummary } from "./results.js";
export {
  resumeComponents,
  runComponents,
  type ComponentRun,
  type ComponentRunRequest,
  type ResumeRequest,
  type RunContext,
  type StateOptions,
} from "./run-components.js";
export {
  awaitsRestart,
  findAwaitingRestart,
  isInProgress,
  noteInterruption,
  readSaved,
  savedRuns,
  type SavedRun,
} from "./state/saved-run.js";
export { StepOutput, type StepOutputOptions } from "./step-output.js";
export { planComponents, type ComponentPlan, type PlannedLoop, type PlannedStep, type PlanRequest } from "./plan/plan-components.js";
