import type { Cancellable } from "./cancellable.js";
import type { ImageInfo } from "./image-info.js";

/**
 * A machine that was started from an image. Commands run as root in the environment that the image sets and in what `launch` and `run` add;
 * variables that engines add, such as HOME, are removed.
 */
export interface Machine {
  /** Unique among all machines of the host, including those of other processes. */
  readonly name: string;
  /** Runs a command to its end. Errors: machine-terminated, disk-full, engine-failed; none for a command that fails. */
  run(command: MachineCommand): Promise<{ readonly exitCode: number }>;
  /**
   * Copies a file or folder of this computer to exactly that path in the machine. Parents are made, an existing folder is merged into,
   * permissions and symbolic links are kept, the owner is root. Errors: path-not-found, disk-full.
   */
  copyIn(localPath: string, remotePath: string): Promise<void>;
  /** The same in the other direction; the owner is the caller. */
  copyOut(remotePath: string, localPath: string): Promise<void>;
  /** Makes an image of the machine's current state. Its name is temporary: see `keepImage`. Errors: disk-full, engine-failed. */
  commit(options?: CommitOptions): Promise<ImageInfo>;
  /** Ends all its processes and removes it. Calling it again does nothing, or retries after a failure. Errors: engine-failed. */
  terminate(): Promise<void>;
}

export type OutputStream = "stdout" | "stderr";

export interface MachineCommand extends Cancellable {
  /**
   * The program and its arguments. Exit codes: 127 if the program is not found, 126 if it cannot be executed, after death by a signal 128
   * plus the signal's number. On hosts that cannot distinguish them, aborting also ends other commands of the machine.
   */
  readonly arguments: readonly string[];
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** Made where it is missing. */
  readonly workingDirectory?: string | undefined;
  /** Called with each chunk of output as it arrives. */
  readonly onOutput?: ((stream: OutputStream, chunk: Uint8Array) => void) | undefined;
}

/**
 * The configuration of an image. Omitted settings are inherited from the parent image; hosts without such settings store the labels only.
 */
export interface CommitOptions extends Cancellable {
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly command?: readonly string[] | undefined;
  readonly entrypoint?: readonly string[] | undefined;
  /** Such as "443" or "53/udp". */
  readonly exposedPorts?: readonly string[] | undefined;
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly workingDirectory?: string | undefined;
  readonly user?: string | undefined;
}
