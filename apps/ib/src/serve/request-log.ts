import { closeSync, fstatSync, renameSync, writeSync } from "node:fs";
import { createNewFile, openOwnFile } from "@imagewright/node-host";
import { safeJson } from "@imagewright/diagnostics";
import { line, terminal } from "../cli/terminal.js";

/** Takes records, each of which becomes a line of JSON. */
export interface RequestLog {
  readonly write: (record: object) => void;
  readonly close: () => void;
}

/** Then the file is put aside, in place of the one before it. */
const LARGEST_BYTES = 64 * 1024 * 1024;

/** Log lines on standard error. */
export const errorOutputLog: RequestLog = {
  write: (record) => terminal.err(line(safeJson(record))),
  close: () => undefined,
};

/**
 * A log in a private folder. The lines of one turn of the event loop are written together, before the next requests are read: of a killed
 * server, only answers that had just left are missing. Errors: node-host/path-refused.
 */
export function openRequestLog(path: string, largest = LARGEST_BYTES): RequestLog {
  const file = openLogFile(path, largest);
  let waiting = "";
  const flush = () => {
    if (waiting !== "") file.append(waiting);
    waiting = "";
  };
  return {
    write: (record) => {
      if (waiting === "") setImmediate(flush);
      waiting += `${JSON.stringify(record)}\n`;
    },
    close: () => {
      flush();
      file.close();
    },
  };
}

function openLogFile(path: string, largest: number): { readonly append: (text: string) => void; readonly close: () => void } {
  let file = open(path);
  return {
    append: (text) => {
      const bytes = Buffer.from(text);
      if (file.bytes > 0 && file.bytes + bytes.length > largest) {
        closeSync(file.descriptor);
        renameSync(path, `${path}.old`);
        file = open(path);
      }
      // a full disk must not end the service
      try {
        file.bytes += writeSync(file.descriptor, bytes);
      } catch {
        terminal.err(line("warning: the log of requests cannot be written"));
      }
    },
    close: () => closeSync(file.descriptor),
  };
}

function open(path: string): { readonly descriptor: number; bytes: number } {
  let descriptor: number;
  try {
    descriptor = openOwnFile(path, "append");
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== "ENOENT") throw thrown;
    descriptor = createNewFile(path);
  }
  return { descriptor, bytes: fstatSync(descriptor).size };
}
