/** A command to run in a machine, with the files that it reads. Plain data. */
export interface JobSpec {
  /**
   * The program and its arguments, run as root whatever user the image names, in the environment that the image sets; variables that
   * engines
   * add, such as HOME, are removed. Exit codes: 127 if the program is not found, 126 if it cannot be executed, after death by a signal 128
   * plus the signal's number. The job's folder is `jobFolder(machine, token)`.
   */
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** Made where it is missing. The image's own by default. */
  readonly workingDirectory?: string | undefined;
  /** Files by their paths relative to the job's folder, which must not leave it. Their folders are made; mode 0600 in folders of 0700. */
  readonly files?: Readonly<Record<string, JobFile>> | undefined;
}

export type JobFile = { readonly text: string } | { readonly localPath: string };

/** How far a job's events and output have been read, in bytes. Plain data; `START` before the first reading. */
export interface JobCursor {
  readonly events: number;
  readonly stdout: number;
  readonly stderr: number;
}

export const START: JobCursor = { events: 0, stdout: 0, stderr: 0 };

export interface JobReading {
  /**
   * What the job has appended to `events.jsonl` in its folder since the cursor: whole lines only, without line feeds, at most 4 MiB a
   * reading. They come from inside the machine: validate them (`agent-protocol`).
   */
  readonly eventLines: readonly string[];
  /** What the command has printed since the cursor, at most 1 MiB of each stream a reading. */
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  /** For the next reading. */
  readonly cursor: JobCursor;
  readonly state: JobState;
  /** Whether there is more to read at once. A job whose state is final may have more. */
  readonly more: boolean;
}

export type JobState =
  | { readonly kind: "running" }
  | { readonly kind: "exited"; readonly exitCode: number }
  /** By `cancelJob`, or because its machine was restarted or terminated. */
  | { readonly kind: "cancelled" }
  /**
   * It is gone without an exit code: it was killed from outside, or its computer has restarted. `reason` is what the engine said, if
   * anything.
   */
  | { readonly kind: "lost"; readonly reason?: string };
