export { PROTOCOL, type OtherProtocol } from "./protocol.js";
export {
  secondsOf,
  type AgentEvent,
  type AgentEventBody,
  type AgentEventOf,
  type AgentStepResult,
  type AgentStepWarning,
  type DocumentPlace,
  type EndStatus,
  type EventDraft,
  type EventHead,
  type PhasePlace,
  type StepInRun,
} from "./agent-event.js";
export type { JobResult, JobSummary } from "./job-result.js";
export { EVENTS_FILE, isJobFile, isLogFile, LOGS_FOLDER, RESULT_FILE, STATE_FOLDER } from "./job-files.js";
export {
  COLLECT_LIMITS,
  DEEPEST_EVENT,
  EVENTS_OF_STEP,
  LARGEST_RESULT,
  LONGEST_JOB,
  LONGEST_LINE,
  LONGEST_MESSAGE,
  LONGEST_NAME,
  LONGEST_OUTPUT_PIECE,
  MOST_DOCUMENTS,
  OUTPUT_OF_JOB,
  OUTPUT_OF_STEP,
} from "./limits.js";
export { protocolError } from "./errors.js";
export { eventSchema, jobResultSchema } from "./schema/json-schemas.js";
export {
  createEventReader,
  type EventReader,
  type EventReaderOptions,
  type EventReaderState,
  type EventReading,
} from "./read/event-reader.js";
export type { KnownDocument } from "./read/known-document.js";
export { readResult, type ReadResult } from "./read/read-result.js";
export { describeNotice, type EventNotice, type RefusedFor } from "./read/refused-lines.js";
export { EventSequence } from "./write/event-sequence.js";
export { createEventWriter, type EventWriter } from "./write/event-writer.js";
export { openJobFolder } from "./write/job-folder.js";
export { writeResult } from "./write/write-result.js";
