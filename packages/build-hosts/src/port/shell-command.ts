/** A command that a person of this computer types. Plain data. */
export interface ShellCommand {
  /** Variables that it needs besides those of the person's shell. */
  readonly environment: Readonly<Record<string, string>>;
  readonly words: readonly string[];
}
