/** What became of one run of an action. An action that throws counts as failed, with the error's message as the reason. */
export type ActionResult = ActionSucceeded | ActionFailed | ActionReboot;

/** Outputs by name, as the module's `outputs` lists them; later steps refer to them. */
export type ActionOutputs = Readonly<Record<string, string | number | CutText>>;

/** An output too large to keep, and how many bytes there were. A reference to it is an error at that step. */
export interface CutText {
  /** Its beginning, with … behind it, which tells whoever hides secrets that one may have been cut there. */
  readonly kept: string;
  readonly totalBytes: number;
}

export interface ActionSucceeded {
  readonly status: "succeeded";
  /** Whether the machine is another than before; undefined where the action cannot tell, as for commands. */
  readonly changed?: boolean;
  readonly outputs?: ActionOutputs;
  /** The exit code of the command, where the action ran one. */
  readonly exitCode?: number;
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

/** The machine has to restart before the run goes on. */
export interface ActionReboot {
  readonly status: "reboot";
  /** Whether the same step runs again after the restart, or the next one. */
  readonly resume: "same-step" | "next-step";
  readonly delaySeconds: number;
  readonly outputs?: ActionOutputs;
  readonly exitCode?: number;
}
