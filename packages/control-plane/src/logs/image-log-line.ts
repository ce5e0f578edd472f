/**
 * From where a line of an image's log comes: what a step prints, what an action writes besides (`log`), or what the service says of
 * workflows, steps and the image.
 */
export type LineStream = "stdout" | "stderr" | "log" | "service";

/** A line of the log of an image. */
export interface ImageLogLine {
  readonly at: Date;
  readonly stream: LineStream;
  /** The run of the workflow; absent for what is said of the whole image. */
  readonly workflowExecutionId?: string | undefined;
  /** The name of the workflow's step. */
  readonly step?: string | undefined;
  /** Without its line break. It comes from a stranger. */
  readonly text: string;
}

/** A line as the server that runs the image has it. */
export interface NumberedLogLine extends ImageLogLine {
  /** In the build that says it, from 1. */
  readonly number: number;
}

/** What is read of a log. */
export interface LogQuery {
  /** Where an earlier reading has ended; the beginning without it. */
  readonly after?: string | undefined;
  readonly workflowExecutionId?: string | undefined;
  readonly step?: string | undefined;
  readonly since?: Date | undefined;
  readonly limit: number;
}

export interface LogReading {
  readonly lines: readonly ImageLogLine[];
  /** Where the next reading goes on. */
  readonly cursor: string;
}
