import type * as fs from "node:fs/promises";
import type { Platform } from "./platform.js";

/**
 * The machine as an action module sees it. Modules reach processes, files, accounts and time only through these ports,
 * so that a test can replace each and a whole run can be replayed.
 */
export interface HostPorts {
  readonly platform: Platform;
  readonly processes: Processes;
  readonly files: FileSystem;
  readonly accounts: Accounts;
  readonly clock: Clock;
}

/** The calls of node:fs/promises that modules may use, with Node's own meaning and errors (`code`: ENOENT, EACCES, …). */
export type FileSystem = Pick<
  typeof fs,
  | "access"
  | "appendFile"
  | "chmod"
  | "chown"
  | "copyFile"
  | "lchown"
  | "link"
  | "lstat"
  | "lutimes"
  | "mkdir"
  | "mkdtemp"
  | "open"
  | "readdir"
  | "readFile"
  | "readlink"
  | "realpath"
  | "rename"
  | "rm"
  | "rmdir"
  | "stat"
  | "symlink"
  | "unlink"
  | "utimes"
  | "writeFile"
>;

export type OutputStream = "stdout" | "stderr";

/** Starts processes. */
export interface Processes {
  /**
   * Runs a program to its end. When `signal` aborts, the whole tree of processes it started is killed and the result is `aborted`.
   * A child that continues in the background and keeps the output open does not delay the result.
   * Never rejects for a program that fails or cannot be started; that is in the result.
   */
  run(command: ProcessCommand, streams: ProcessStreams): Promise<ProcessExit>;
}

/** A program to run. */
export interface ProcessCommand {
  /** A path, or a bare name that is looked up on the PATH of `environment`. */
  readonly file: string;
  readonly arguments: readonly string[];
  readonly workingDirectory: string;
  /** The complete environment; nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  /**
   * On Windows, whether the arguments become the command line as they are, with blanks between them: for programs such as msiexec that read
   * quotes in a way of their own. Otherwise they are quoted as most programs read them.
   */
  readonly verbatimArguments?: boolean;
}

export interface ProcessStreams {
  /** Called with each chunk of output as it arrives; the program waits while the call runs, so output cannot pile up. */
  readonly onOutput: (stream: OutputStream, chunk: Uint8Array) => void;
  readonly signal: AbortSignal;
}

/** How a program ended. */
export type ProcessExit =
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "killed"; readonly signal: string }
  | { readonly kind: "aborted" }
  /** `isNotFound`: there is no such program. */
  | { readonly kind: "not-started"; readonly reason: string; readonly isNotFound?: true };

/** Users and groups by name or numeric id. */
export interface Accounts {
  /** The user, or undefined if none has this name; a numeric id needs no account. */
  user(nameOrId: string): Promise<{ readonly uid: number; readonly gid: number | undefined } | undefined>;
  /** The group's id, or undefined if none has this name; a numeric id needs no group. */
  group(nameOrId: string): Promise<number | undefined>;
}

/** The current time and waiting. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Resolves after the time, or rejects with the signal's reason as soon as it aborts. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}
