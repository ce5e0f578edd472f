import { closeSync, constants, fstatSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { describeCause, safeJson } from "@imagewright/diagnostics";
import type { AgentEvent, EventDraft } from "../agent-event.js";
import { protocolError } from "../errors.js";
import { EVENTS_FILE } from "../job-files.js";
import { LONGEST_LINE } from "../limits.js";
import { createEventReader } from "../read/event-reader.js";
import { EventSequence } from "./event-sequence.js";
import { openJobFolder } from "./job-folder.js";
import { readBack } from "./read-back.js";

/** Appends events to the `events.jsonl` of a job. */
export interface EventWriter {
  /** The run whose events are in the file; undefined if there are none. */
  readonly executionId: string | undefined;
  /** Gives an event its number and writes it at once, in one write. Returns what was written. Errors: job-not-written. */
  write(draft: EventDraft): readonly AgentEvent[];
  close(): void;
}

/**
 * Opens the events of a job for writing; those that are there are continued. A last line that is torn, because its process was killed, is
 * removed. Errors: job-folder-refused, job-not-written.
 */
export function createEventWriter(folder: string): EventWriter {
  openJobFolder(folder);
  const path = join(folder, EVENTS_FILE);
  const descriptor = openEvents(path);
  const sequence = new EventSequence();
  const reader = createEventReader();
  try {
    for (const line of readBack(descriptor)) for (const event of reader.read([line]).events) sequence.replay(event);
  } catch (thrown) {
    closeSync(descriptor);
    throw notWritten(path, thrown);
  }
  return {
    get executionId() {
      return sequence.executionId;
    },
    write: (draft) => {
      const events = sequence.next(draft);
      for (const event of events) append(descriptor, path, event);
      return events;
    },
    close: () => closeSync(descriptor),
  };
}

function openEvents(path: string): number {
  // a link, a pipe or a device that somebody has put there is not followed, and not waited for
  const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  let descriptor: number;
  try {
    descriptor = openSync(path, flags, 0o600);
  } catch (thrown) {
    throw notWritten(path, thrown);
  }
  const found = fstatSync(descriptor);
  if (found.isFile() && found.nlink === 1) return descriptor;
  closeSync(descriptor);
  throw protocolError("job-not-written", { path, cause: found.isFile() ? "it has another name" : "it is not a regular file" });
}

function append(descriptor: number, path: string, event: AgentEvent): void {
  const line = Buffer.from(`${safeJson(event).toString()}\n`);
  if (line.length > LONGEST_LINE)
    throw protocolError("job-not-written", { path, cause: `an event of type ${event.type} has more than ${LONGEST_LINE} bytes` });
  try {
    for (let written = 0; written < line.length;) written += writeSync(descriptor, line, written);
  } catch (thrown) {
    throw notWritten(path, thrown);
  }
}

function notWritten(path: string, thrown: unknown): Error {
  const { code } = thrown as NodeJS.ErrnoException;
  const cause = code === "ENOSPC" ? "no space left on the disk" : code === "ELOOP" ? "it is a link" : describeCause(thrown);
  return protocolError("job-not-written", { path, cause }, { cause: thrown });
}
