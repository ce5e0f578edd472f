/** The result of one run of an action. An action that throws has failed, with the error's message as the reason. */
export type ActionResult = ActionSucceeded | ActionFailed | ActionReboot;

/** Outputs by name, as listed in the module's `outputs`; later steps refer to them. */
export type ActionOutputs = Readonly<Record<string, string | number | CutText>>;

/** An output too large to keep, with its size in bytes. A reference to it is an error at the referring step. */
export interface CutText {
  /** Its beginning, followed by …, so that redaction knows a secret may have been cut there. */
  readonly kept: string;
  readonly totalBytes: number;
}

export interface ActionSucceeded {
  readonly status: "succeeded";
  /** What the user should know although the action has not failed for it. */
  readonly warnings?: readonly ActionWarning[];
  /** Whether the machine was changed; undefined if the action cannot know, as for commands. */
  readonly changed?: boolean;
  readonly outputs?: ActionOutputs;
  /** The exit code of the command, if the action ran one. */
  readonly exitCode?: number;
}

/** Something that went wrong without being a failure. */
export interface ActionWarning {
  /** Lower-case, no final period. */
  readonly message: string;
  readonly hints: readonly string[];
  /** The place in the input: keys and indexes, and the line of the text there, from 0. Undefined for the whole input. */
  readonly place?: { readonly path: readonly (string | number)[]; readonly line: number } | undefined;
}

export interface ActionFailed {
  readonly status: "failed";
  /** Lower-case, no final period: what went wrong, with the thing in quotes. */
  readonly reason: string;
  /** What to try next, each one sentence or one command. */
  readonly hints?: readonly string[];
  readonly outputs?: ActionOutputs;
  readonly exitCode?: number;
}

/** The machine has to restart before the run continues. */
export interface ActionReboot {
  readonly status: "reboot";
  /** Whether the same step runs again after the restart, or the next one. */
  readonly resume: "same-step" | "next-step";
  readonly delaySeconds: number;
  readonly outputs?: ActionOutputs;
  readonly exitCode?: number;
}
