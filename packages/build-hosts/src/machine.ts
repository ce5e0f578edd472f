import type { Cancellable } from "./cancellable.js";
import type { ImageInfo } from "./image-info.js";

/**
 * A machine that was started from an image. Commands run as root in the environment that the image sets and in what `launch` and `run` add;
 * what engines add of their own, such as HOME, is not there.
 */
export interface Machine {
  /** Unique among all machines of the host, also those of other processes. */
  readonly name: string;
  /** Runs a command to its end. Errors: machine-terminated, disk-full, engine-failed; never for a command that fails. */
  run(command: MachineCommand): Promise<{ readonly exitCode: number }>;
  /**
   * Copies a file or folder of this computer to exactly that path in the machine. Parents are made, a folder that is there is merged into,
   * permissions and symbolic links are kept, the owner is root. Errors: path-not-found, disk-full.
   */
  copyIn(localPath: string, remotePath: string): Promise<void>;
  /** The same in the other direction; the owner is who calls. */
  copyOut(remotePath: string, localPath: string): Promise<void>;
  /** Makes an image of the machine as it is. It has a name that does not last: see `keepImage`. Errors: disk-full, engine-failed. */
  commit(options?: CommitOptions): Promise<ImageInfo>;
  /** Ends whatever runs in it and removes it. Calling it again does nothing, or tries again after a failure. Errors: engine-failed. */
  terminate(): Promise<void>;
}

export type OutputStream = "stdout" | "stderr";

export interface MachineCommand extends Cancellable {
  /**
   * The program and its arguments. A program that is not found gives exit code 127, one that must not be run 126, death by a signal 128 and
   * the signal's number. A signal of the caller ends, on hosts that cannot tell them apart, also other commands of the machine.
   */
  readonly arguments: readonly string[];
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** Made where it is missing. */
  readonly workingDirectory?: string | undefined;
  /** Called with each piece of output as it comes. */
  readonly onOutput?: ((stream: OutputStream, chunk: Uint8Array) => void) | undefined;
}

/** What an image says about itself. What is left out stays as the parent image has it; hosts without such settings keep the labels only. */
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
