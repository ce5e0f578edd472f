/**
 * A command document of Systems Manager, schema version 2.2, as far as RunCommand runs it: scripts with parameters, one after the other.
 * Plain data.
 */
export interface CommandDocument {
  readonly schemaVersion: "2.2";
  readonly description?: string;
  readonly parameters?: Readonly<Record<string, CommandParameter>>;
  readonly mainSteps: readonly CommandStep[];
}

export interface CommandParameter {
  readonly type: "String" | "StringList" | "Integer" | "Boolean";
  readonly description?: string;
  readonly displayType?: string;
  /** Without it, the parameter is required. */
  readonly default?: string | number | boolean | readonly string[];
  readonly allowedValues?: readonly (string | number | boolean)[];
  /** A regular expression for the whole value. */
  readonly allowedPattern?: string;
}

export interface CommandStep {
  readonly action: CommandAction;
  readonly name: string;
  /** Such as `{ StringEquals: ["platformType", "Linux"] }`: on other platforms the step is skipped. */
  readonly precondition?: { readonly StringEquals: readonly [string, string] };
  readonly inputs: CommandInputs;
}

/** Each text may have `{{ parameter }}` in it. */
export interface CommandInputs {
  /** The lines of the script. */
  readonly runCommand: string | readonly string[];
  readonly workingDirectory?: string;
  readonly timeoutSeconds?: string | number;
}

export const COMMAND_ACTIONS = ["aws:runShellScript", "aws:runPowerShellScript"] as const;
export type CommandAction = (typeof COMMAND_ACTIONS)[number];
