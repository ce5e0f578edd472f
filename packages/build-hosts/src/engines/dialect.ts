import type { ImportSource } from "../build-host.js";
import type { Cancellable } from "../cancellable.js";
import type { ImageInfo } from "../image-info.js";
import type { CommitOptions } from "../machine.js";

/** The commands of one container engine. All fail with the errors of this package. */
export interface Dialect {
  /** The engine's command. */
  readonly name: string;
  /** Starts a container of that name in which commands can be run. */
  start(container: string, image: string, options: Cancellable): Promise<void>;
  /** The host's command line that runs a command in the container. */
  runArguments(container: string, words: readonly string[]): Promise<readonly string[]>;
  /** Whether a line on standard error is the engine's own, not the command's. */
  isNoise?(line: string): boolean;
  /** Whether the engine failed before it started the command, in a way that may succeed on a retry. */
  isTransient?(stderr: string): boolean;
  /** Ends the processes of an aborted command, if killing the engine's command does not. */
  stopProcesses?(container: string): Promise<void>;
  copyIn(container: string, localPath: string, remotePath: string): Promise<void>;
  copyOut(container: string, remotePath: string, localPath: string): Promise<void>;
  commit(container: string, image: string, options: CommitOptions): Promise<void>;
  /** A missing container is not an error. */
  remove(container: string): Promise<void>;
  inspectImage(reference: string): Promise<ImageInfo | undefined>;
  tag(reference: string, name: string): Promise<void>;
  /** A missing name is not an error. */
  untag(reference: string): Promise<void>;
  pull(reference: string, options: Cancellable): Promise<void>;
  importImage(source: ImportSource, name: string, options: Cancellable): Promise<void>;
  /** Writes an OCI layout into a new or empty folder. */
  exportImage(reference: string, folder: string, options: Cancellable): Promise<void>;
}
