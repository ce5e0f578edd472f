/** The longest line of `events.jsonl`, in bytes without its line feed. */
export const LONGEST_LINE = 256 * 1024;

/** The largest `result.json`, in bytes. */
export const LARGEST_RESULT = 256 * 1024;

/** The longest text of one step-output event, in UTF-16 units; more becomes several events. */
export const LONGEST_OUTPUT_PIECE = 16 * 1024;

/** The output and log lines of one step that become events, in bytes of UTF-8; everything is in console.log. */
export const OUTPUT_OF_STEP = 256 * 1024;

/** The same of all steps of a job. */
export const OUTPUT_OF_JOB = 8 * 1024 * 1024;

/** The iteration-started and attempt-finished events of one step, and its pieces of output, each. */
export const EVENTS_OF_STEP = 4000;

/** The longest name of a document, phase, step or action, in characters. */
export const LONGEST_NAME = 4096;

/** The longest message, hint or explanation in an event, in characters; the whole text is in detailedoutput.json. */
export const LONGEST_MESSAGE = 4096;

/** The most documents of a run. */
export const MOST_DOCUMENTS = 1000;

/** The deepest level of nesting of documents that a reader accepts; today's agent has three below the documents of the run. */
export const DEEPEST_EVENT = 16;

/** The longest job, in milliseconds: events later than this after the first one are refused. */
export const LONGEST_JOB = 31 * 24 * 60 * 60 * 1000;

/** Recommended limits for collecting the files of a job: of one file and of all, in bytes, and their number. */
export const COLLECT_LIMITS = { fileBytes: 64 * 1024 * 1024, totalBytes: 256 * 1024 * 1024, files: 1100 } as const;
