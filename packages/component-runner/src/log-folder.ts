import { randomBytes } from "node:crypto";
import { dirname, join, resolve } from "node:path";
import { isImagewrightError, type SourceFile } from "@imagewright/diagnostics";
import {
  closeFolder,
  createNewFile,
  pathInFolder,
  folderFacts,
  holdOwnFolder,
  makeFolders,
  makeNewFolder,
  makePrivateFolder,
  openOwnFile,
  setFolderMode,
  writeAtomically,
  type HeldFolder,
  type RefusedPath,
} from "@imagewright/node-host";
import { runnerError } from "./errors.js";
import { LogFile, logNotWritten } from "./log-file.js";
import { folderTime } from "./times.js";

const FOLDER_MODES = { owner: 0o700, group: 0o750, all: 0o755 } as const;

/** Who can read the logs of a run: the user who runs it, also the members of that user's group, or everybody. */
export type LogReaders = keyof typeof FOLDER_MODES;

/**
 * The log folder of a run. It is held open, so that on Linux the files come into it although another user may have put something else under
 * its name; each is a new regular file, or one of the same user. Its files have as many readers as the folder.
 */
export class LogFolder {
  private constructor(
    /** Absolute. */
    readonly path: string,
    private readonly held: HeldFolder,
  ) {}

  /**
   * Makes the folder `TOE_<date>_<time>_UTC-0_<execution id>`. It must be new: if there is something of this name, as of a run of the same
   * second, random characters are added. A private parent is made as one that only this user can enter, and refused if others can change
   * it. Errors: log-folder-not-made, log-folder-refused.
   */
  static async make(
    parent: string,
    startTime: number,
    executionId: string,
    readers: LogReaders = "owner",
    privateParent = false,
  ): Promise<LogFolder> {
    if (privateParent) await makePrivateFolder(parent).catch((thrown: unknown) => refuse(resolve(parent), thrown));
    const path = resolve(parent, `TOE_${folderTime(startTime)}_${executionId}`);
    const folder = new LogFolder(...hold(await makeNew(path, FOLDER_MODES[readers])));
    setFolderMode(folder.held, FOLDER_MODES[readers]);
    return folder;
  }

  /** Opens the folder of a run that continues. Errors: log-folder-refused if it is another user's, or others can write to it. */
  static reopen(path: string): LogFolder {
    return new LogFolder(...hold(path));
  }

  /** Opens a file for writing at its end; it is made if it is missing. Errors: log-not-written. */
  openLog(name: string): LogFile {
    const path = pathInFolder(this.held, name);
    return new LogFile(
      this.#attempt(name, () => {
        try {
          return openOwnFile(path, "append");
        } catch (thrown) {
          if ((thrown as NodeJS.ErrnoException).code !== "ENOENT") throw thrown;
          return createNewFile(path, this.#fileMode);
        }
      }),
      join(this.path, name),
    );
  }

  /** Writes a whole file, in one go. Errors: log-not-written. */
  write(name: string, text: string): void {
    this.#attempt(name, () => writeAtomically(pathInFolder(this.held, name), text, { mode: this.#fileMode, sync: false }));
  }

  /** Writes the documents of a run: `document.yaml`, and `document-2.yaml` and so on if there are several. Errors: log-not-written. */
  keepDocuments(sources: readonly SourceFile[]): void {
    for (const [index, { text }] of sources.entries()) this.write(index === 0 ? "document.yaml" : `document-${index + 1}.yaml`, text);
  }

  close(): void {
    closeFolder(this.held);
  }

  get #fileMode(): number {
    return folderFacts(this.held).mode & 0o644;
  }

  #attempt<Result>(name: string, body: () => Result): Result {
    try {
      return body();
    } catch (thrown) {
      throw logNotWritten(join(this.path, name), thrown);
    }
  }
}

function hold(path: string): [string, HeldFolder] {
  try {
    return [path, holdOwnFolder(path)];
  } catch (thrown) {
    return refuse(path, thrown);
  }
}

function refuse(path: string, thrown: unknown): never {
  const reason = isImagewrightError(thrown, "node-host/path-refused")
    ? (thrown.data as RefusedPath).reason
    : (thrown as NodeJS.ErrnoException).code === "ENOENT"
      ? "it is missing"
      : (thrown as Error).message;
  throw runnerError("log-folder-refused", { path, reason }, { cause: thrown });
}

async function makeNew(path: string, mode: number): Promise<string> {
  try {
    await makeFolders(dirname(path));
    return makeOnce(path, mode);
  } catch (thrown) {
    throw runnerError("log-folder-not-made", { path, cause: (thrown as Error).message }, { cause: thrown });
  }
}

function makeOnce(path: string, mode: number): string {
  try {
    makeNewFolder(path, mode);
    return path;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== "EEXIST") throw thrown;
    const other = `${path}_${randomBytes(3).toString("hex")}`;
    makeNewFolder(other, mode);
    return other;
  }
}
