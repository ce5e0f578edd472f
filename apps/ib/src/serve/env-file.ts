import { closeSync, fsyncSync, linkSync, lstatSync, rmSync, writeFileSync, type Stats } from "node:fs";
import { dirname, resolve } from "node:path";
import {
  checkAbove,
  createNewFile,
  isAlive,
  readCheckedFile,
  readOwnFile,
  writeCheckedFile,
  type ProcessIdentity,
} from "@imagewright/node-host";
import { describeCause, isImagewrightError } from "@imagewright/diagnostics";
import { ibError } from "../errors.js";

const FIRST_LINE = "# made by ib serve, which removes it at its end";
const WRITER = /^# process (\d+), started at (\d*)$/;
const LARGEST = 65_536;
const FORM = { schema: 1, largest: 65_536 };
const WRITABLE_BY_OTHERS = 0o022;
const STICKY = 0o1000;

/**
 * A file of variables for scripts, which is there as long as the server answers. It is never written over something else: only a file of
 * the user's that a server has left which runs no longer is replaced, and only one of this server's own is removed at its end.
 */
export class EnvFile {
  readonly path: string;
  readonly #head: string;
  readonly #record: string;

  private constructor(path: string, { pid, startTime }: ProcessIdentity, record: string) {
    this.path = path;
    this.#record = record;
    this.#head = `${FIRST_LINE}\n# process ${pid}, started at ${startTime}\n`;
  }

  /**
   * Removes what a server that has ended has left there. `record` is a file in a private folder, by which the next server finds what this
   * one leaves if it is killed. Errors: env-file-refused.
   */
  static async prepare(given: string, writer: ProcessIdentity, record: string): Promise<EnvFile> {
    const path = resolve(given);
    try {
      checkAbove(dirname(path));
      const reason = whyFolderRefused(lstatSync(dirname(path)));
      if (reason !== undefined) throw refused(path, reason);
      const found = await lookAt(path);
      if (found === "foreign") throw refused(path, "there is a file that ib serve has not made");
      if (typeof found === "object") throw refused(path, `it is of the server with process ${found.pid}, which runs`);
      rmSync(path, { force: true });
    } catch (thrown) {
      throw explain(path, thrown);
    }
    return new EnvFile(path, writer, record);
  }

  /** Lets the whole file appear at once, if nothing has appeared there meanwhile. Errors: env-file-refused. */
  write(variables: Readonly<Record<string, string>>): void {
    const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
    const draft = `${this.path}.${process.pid}.draft`;
    try {
      // first: a server that is killed at any moment from here on has left files with a key
      writeCheckedFile(this.#record, FORM, { files: [draft, this.path] });
      const descriptor = createNewFile(draft);
      try {
        writeFileSync(descriptor, [this.#head, ...lines].join(""));
        fsyncSync(descriptor);
        linkSync(draft, this.path);
      } finally {
        closeSync(descriptor);
        rmSync(draft, { force: true });
      }
    } catch (thrown) {
      throw explain(this.path, thrown);
    }
  }

  /** Removes what was written; what somebody else has put there stays. */
  remove(): void {
    try {
      if (readOwnFile(this.path, LARGEST)?.toString("utf8").startsWith(this.#head) === true) rmSync(this.path, { force: true });
      rmSync(this.#record, { force: true });
    } catch (thrown) {
      if (!isImagewrightError(thrown, "node-host/path-refused")) throw explain(this.path, thrown);
    }
  }
}

/**
 * Removes the files that a killed server has left, whatever it was told to write, and their record. What is not of such a server stays.
 * Errors: env-record-not-readable.
 */
export async function removeLeftEnvFiles(record: string): Promise<void> {
  const read = readCheckedFile(record, FORM);
  if (read === undefined) return;
  if ("reason" in read) throw ibError("env-record-not-readable", { path: record, cause: read.reason });
  for (const path of (read.value as { readonly files: readonly string[] }).files) {
    try {
      checkAbove(dirname(path));
      if ((await lookAt(path)) === "left") rmSync(path, { force: true });
    } catch {
      // its folder is gone, or it is somebody else's by now
    }
  }
  rmSync(record, { force: true });
}

/** What is at a place: nothing, a file of a server that has ended, or of one that runs, or something else. */
async function lookAt(path: string): Promise<"nothing" | "left" | "foreign" | { readonly pid: number }> {
  const text = readOwnFile(path, LARGEST)?.toString("utf8");
  if (text === undefined) return "nothing";
  const [first, second = ""] = text.split("\n");
  // a draft that was not written to its end
  if (text === "" && path.endsWith(".draft")) return "left";
  if (first !== FIRST_LINE) return "foreign";
  const [, pid, startTime = ""] = WRITER.exec(second) ?? [];
  return pid !== undefined && (await isAlive({ pid: Number(pid), startTime })) ? { pid: Number(pid) } : "left";
}

/** Others could put something else in place of the file, or take it for theirs. */
function whyFolderRefused(folder: Stats): string | undefined {
  if (folder.isSymbolicLink()) return "its folder is a link";
  const user = process.geteuid?.();
  if (user === undefined) return undefined;
  if (folder.uid !== user && folder.uid !== 0) return "its folder belongs to another user";
  return (folder.mode & WRITABLE_BY_OTHERS) === 0 || (folder.mode & STICKY) !== 0 ? undefined : "others can change its folder";
}

function refused(path: string, reason: string): Error {
  return ibError("env-file-refused", { path, reason });
}

function explain(path: string, thrown: unknown): unknown {
  if (isImagewrightError(thrown, "node-host/path-refused")) return refused(path, (thrown.data as { reason: string }).reason);
  if (isImagewrightError(thrown)) return thrown;
  const { code } = thrown as NodeJS.ErrnoException;
  if (code === "EEXIST") return refused(path, "something has appeared there meanwhile");
  return ibError("env-file-refused", { path, reason: describeCause(thrown) }, { cause: thrown });
}
