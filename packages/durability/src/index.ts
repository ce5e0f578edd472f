export { durabilityError } from "./errors.js";
export { describeFailure, restoreError, type Failure } from "./failure.js";
export type { ExecutionGuard, JournalOptions } from "./journal/journal.js";
export { openJournal, type ExecutionJournal } from "./journal/journal.js";
export type { Json, Recordable } from "./json.js";
export { send } from "./messages.js";
export type { Durability, StepContext } from "./port.js";
