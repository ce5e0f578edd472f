/** A command with everything that it has started. */
export interface CommandFamily {
  /** The environment for the command. */
  environment(environment: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  /** Takes in the command's own process, at once after its start. Undefined if it could not start. */
  adopt(leader: number | undefined): void;
  /** Asks all members to end. */
  terminate(): Promise<void>;
  /** Kills all members. */
  kill(): Promise<void>;
  /** Lets go of what is left when the command is over: it goes on, also after this process has ended. */
  release(): void;
}
