import { setTimeout as sleep } from "node:timers/promises";
import { engineFailure } from "../processes/engine-failure.js";
import { runTool, type ToolResult } from "../processes/run-tool.js";

// of an image with many large layers
const REMOVAL_SECONDS = 1800;
const MOST_REMOVALS = 50;
const REMOVAL_PAUSE_MILLISECONDS = 100;

export interface EngineCall {
  /** What the call does, phrased to follow "could not", with names in quotes. */
  readonly operation: string;
  readonly image?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly workingDirectory?: string | undefined;
}

/** An engine's command, with the flags needed on this machine. */
export class Engine {
  constructor(
    readonly name: string,
    private readonly flags: readonly string[] = [],
    readonly environment: Readonly<Record<string, string>> = {},
  ) {}

  /** The whole command line of a call. */
  line(parameters: readonly string[]): string[] {
    return [this.name, ...this.flags, ...parameters];
  }

  /** Runs the engine and returns the result, failed or not. */
  attempt(parameters: readonly string[], signal?: AbortSignal, workingDirectory?: string): Promise<ToolResult> {
    return runTool({ file: this.name, arguments: [...this.flags, ...parameters], environment: this.environment, signal, workingDirectory });
  }

  /**
   * As `attempt`, for a removal: it goes on if this process is killed, since an engine that dies in one leaves files that nobody finds. It
   * is tried again while what a killed engine has started still writes to the folder.
   */
  async attemptRemoval(parameters: readonly string[]): Promise<ToolResult> {
    const line = [...this.flags, ...parameters];
    for (let triesLeft = MOST_REMOVALS; ; triesLeft--) {
      const result = await runTool({
        file: this.name,
        arguments: line,
        environment: this.environment,
        outlivesCaller: true,
        limitSeconds: REMOVAL_SECONDS,
      });
      if (result.exitCode === 0 || triesLeft === 0 || !/directory not empty|resource busy/i.test(result.stderr)) return result;
      await sleep(REMOVAL_PAUSE_MILLISECONDS);
    }
  }

  /** Runs the engine and returns its standard output. Throws the error that matches its failure. */
  async call(parameters: readonly string[], { operation, image, signal, workingDirectory }: EngineCall): Promise<string> {
    const result = await this.attempt(parameters, signal, workingDirectory);
    if (result.exitCode !== 0) throw engineFailure({ engine: this.name, operation, image }, result);
    return result.stdout;
  }
}
