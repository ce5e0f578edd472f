import { closeSync, fsyncSync, linkSync, lstatSync, rmSync, writeFileSync, type Stats } from "node:fs";
import { dirname, resolve } from "node:path";
import { createNewFile, readOwnFile } from "@imagewright/node-host";
import { describeCause, isImagewrightError } from "@imagewright/diagnostics";
import { ibError } from "../errors.js";

const FIRST_LINE = "# made by ib serve, which removes it at its end";
const LARGEST = 65_536;
const WRITABLE_BY_OTHERS = 0o022;
const STICKY = 0o1000;

/**
 * A file of variables for scripts, which is there as long as the server answers. It is never written over something else: only a file of
 * the user's that an earlier server has left is replaced.
 */
export class EnvFile {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** Removes what an earlier server has left there. Errors: env-file-refused. */
  static prepare(given: string): EnvFile {
    const path = resolve(given);
    try {
      const reason = whyFolderRefused(lstatSync(dirname(path)));
      if (reason !== undefined) throw refused(path, reason);
      const text = readOwnFile(path, LARGEST)?.toString("utf8");
      if (text !== undefined && !text.startsWith(`${FIRST_LINE}\n`)) throw refused(path, "there is a file that ib serve has not made");
      rmSync(path, { force: true });
    } catch (thrown) {
      throw explain(path, thrown);
    }
    return new EnvFile(path);
  }

  /** Lets the whole file appear at once, if nothing has appeared there meanwhile. Errors: env-file-refused. */
  write(variables: Readonly<Record<string, string>>): void {
    const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
    const draft = `${this.path}.${process.pid}.draft`;
    try {
      const descriptor = createNewFile(draft);
      try {
        writeFileSync(descriptor, [`${FIRST_LINE}\n`, ...lines].join(""));
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

  remove(): void {
    rmSync(this.path, { force: true });
  }
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
