import type { AgentEvent, AgentEventBody } from "../agent-event.js";
import { DEEPEST_EVENT, LONGEST_MESSAGE, LONGEST_NAME, LONGEST_OUTPUT_PIECE, MOST_DOCUMENTS } from "../limits.js";
import { objectOf, type ObjectSchema, type ProtocolSchema } from "./schema.js";

const MOST = Number.MAX_SAFE_INTEGER;
// of an Int32; exit codes of Windows may be negative
const EXIT_CODES = { type: "integer", minimum: -(2 ** 31), maximum: 2 ** 32 - 1 } as const;
const CONTROL = "\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}";

/** A name, which is shown as it is: without control characters, and without invisible ones. */
export const nameSchema = { type: "string", maxLength: LONGEST_NAME, pattern: `^[^${CONTROL}]*$` } as const satisfies ProtocolSchema;
export const textSchema = { type: "string", maxLength: LONGEST_MESSAGE } as const satisfies ProtocolSchema;
const flag = { type: "boolean" } as const satisfies ProtocolSchema;
export const numberSchema = { type: "integer", minimum: 0, maximum: MOST } as const satisfies ProtocolSchema;
const timeSchema = { type: "integer", minimum: 0, maximum: 8.64e15 } as const satisfies ProtocolSchema;
const oneOf = (...names: string[]): ProtocolSchema => ({ type: "string", enum: names });
const listOf = (items: ProtocolSchema, maxItems: number): ProtocolSchema => ({ type: "array", items, maxItems });

export const headMembers = {
  protocol: { type: "string", maxLength: 9, pattern: "^\\d{1,4}\\.\\d{1,4}$" },
  seq: { type: "integer", minimum: 1, maximum: MOST },
  time: timeSchema,
  depth: { type: "integer", minimum: 0, maximum: DEEPEST_EVENT },
  "parent?": nameSchema,
} as const satisfies Record<string, ProtocolSchema>;

const ofDocument = { document: nameSchema, key: nameSchema };
const ofPhase = { ...ofDocument, phase: nameSchema };
const ofStep = { ...ofPhase, step: nameSchema };
const endStatus = oneOf("success", "successWithIgnoredFailure", "failed");

const stepResult = objectOf({
  action: nameSchema,
  outcome: oneOf("succeeded", "failed", "timed-out", "cancelled", "skipped", "opaque", "unknown"),
  status: oneOf("success", "failed", "ignoredFailure", "skipped", "unpredictable"),
  failureMessage: textSchema,
  hints: listOf(textSchema, 20),
  "warnings?": listOf(objectOf({ line: numberSchema, message: textSchema, hints: listOf(textSchema, 20) }), 20),
  attempts: numberSchema,
  maxAttempts: numberSchema,
  "exitCode?": EXIT_CODES,
  "changed?": flag,
  lastLines: listOf(textSchema, 20),
  line: numberSchema,
  startTime: timeSchema,
  endTime: timeSchema,
});

/** What the events of each type have besides their head and their type. */
const members: Readonly<Record<AgentEventBody["type"], Readonly<Record<string, ProtocolSchema>>>> = {
  "run-started": { executionId: nameSchema, documents: listOf(nameSchema, MOST_DOCUMENTS) },
  "run-resumed": { executionId: nameSchema },
  "document-started": ofDocument,
  "phase-started": { ...ofPhase, steps: numberSchema },
  "step-started": { ...ofStep, action: nameSchema },
  "restart-finished": ofStep,
  "condition-evaluated": { ...ofStep, value: flag, decision: oneOf("Abort", "Execute", "Skip"), explanation: textSchema },
  "iteration-started": { ...ofStep, index: numberSchema, value: textSchema },
  "step-output": { ...ofStep, stream: oneOf("stdout", "stderr"), text: { type: "string", maxLength: LONGEST_OUTPUT_PIECE } },
  "step-log": { ...ofStep, text: { type: "string", maxLength: LONGEST_OUTPUT_PIECE } },
  "output-left-out": { ...ofStep, bytes: numberSchema, events: numberSchema },
  "attempt-finished": { ...ofStep, attempt: numberSchema, "exitCode?": EXIT_CODES, failureMessage: textSchema, again: flag },
  "restart-requested": { ...ofStep, "exitCode?": EXIT_CODES, delaySeconds: numberSchema },
  "step-finished": { ...ofStep, result: stepResult },
  "phase-finished": { ...ofPhase, status: endStatus },
  "document-finished": { ...ofDocument, status: endStatus },
  "run-finished": { executionId: nameSchema, status: endStatus, cancelled: flag },
};

export const headSchema: ObjectSchema = objectOf({ ...headMembers, type: nameSchema });

/** The schema of the events of each type. */
export const eventSchemas = Object.fromEntries(
  Object.entries(members).map(([type, own]) => [type, objectOf({ ...headMembers, type: oneOf(type), ...own })]),
) as Readonly<Record<AgentEvent["type"], ObjectSchema>>;
