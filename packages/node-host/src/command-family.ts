/** A command with everything that it has started. */
export interface CommandFamily {
  /** The environment for the command. */
  environment(environment: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  /** Asks all members to end. `leader` is the id of the command's own process. */
  terminate(leader: number | undefined): Promise<void>;
  /** Kills all members. */
  kill(leader: number | undefined): Promise<void>;
}
