export { bindVariables, unusedParameters, type BoundVariables } from "./check/bind-variables.js";
export { checkDocument, type CheckOptions } from "./check/check-document.js";
export { checkPhaseSelection, selectPhases } from "./check/check-phases.js";
export type { RunEvent, StepPlace } from "./run/events.js";
export type { DocumentResult, PhaseResult, RunResult, Status, StepOutcome, StepResult } from "./run/result.js";
export { runDocuments } from "./run/run-documents.js";
export type { PreparedDocument, RunRequest } from "./run/run-request.js";
export type { ComponentDocument, ConstantDefinition, Name, OnFailure, ParameterDefinition, Phase, Step } from "./syntax/document.js";
export { parseDocument, type ParsedDocument } from "./syntax/read-document.js";
