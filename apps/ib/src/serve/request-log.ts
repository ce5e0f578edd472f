import { closeSync, fstatSync, renameSync, writeFileSync } from "node:fs";
import { createNewFile, openOwnFile } from "@imagewright/node-host";
import { describeCause, safe, safeJson } from "@imagewright/diagnostics";
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
 * A log in a private folder. The lines of one turn of the event loop are written together, before the next requests are read: a killed
 * server has not written those of the answers that had just left, whose changes are in the database nevertheless. Nothing that happens to
 * the file ends the service. Errors, at the start: node-host/path-refused.
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
      waiting += `${safeJson(record).toString()}\n`;
    },
    close: () => {
      flush();
      file.close();
    },
  };
}

function openLogFile(path: string, largest: number): { readonly append: (text: string) => void; readonly close: () => void } {
  let file: OpenFile | undefined = open(path);
  let most = largest;
  let before = "";
  const putAside = () => {
    if (file !== undefined) closeSync(file.descriptor);
    file = undefined;
    try {
      renameSync(path, `${path}.old`);
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== "ENOENT") throw thrown;
    }
  };
  return {
    append: (text) => {
      const bytes = Buffer.from(`${before}${text}`);
      try {
        if (file !== undefined && file.bytes > 0 && file.bytes + bytes.length > most) putAside();
      } catch (thrown) {
        most += largest;
        terminal.err(line(safe`warning: the log of requests becomes larger, since it cannot be put aside: ${describeCause(thrown)}`));
      }
      try {
        file ??= open(path);
        writeFileSync(file.descriptor, bytes);
        file.bytes += bytes.length;
        before = "";
      } catch (thrown) {
        // what was written of it ends somewhere in a line
        before = file === undefined ? "" : "\n";
        terminal.err(line(safe`warning: the log of requests cannot be written: ${describeCause(thrown)}`));
      }
    },
    close: () => {
      if (file !== undefined) closeSync(file.descriptor);
    },
  };
}

interface OpenFile {
  readonly descriptor: number;
  bytes: number;
}

function open(path: string): OpenFile {
  let descriptor: number;
  try {
    descriptor = openOwnFile(path, "append");
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== "ENOENT") throw thrown;
    descriptor = createNewFile(path);
  }
  return { descriptor, bytes: fstatSync(descriptor).size };
}
