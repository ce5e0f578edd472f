import { setTimeout as sleep } from "node:timers/promises";
import { quote } from "@imagewright/diagnostics";
import { engineFailure } from "../processes/engine-failure.js";
import { runTool, type ToolCommand, type ToolResult } from "../processes/run-tool.js";
import { tellingWaits, type TellWait } from "../processes/telling-waits.js";
import { noticeSeconds } from "../processes/time-limit.js";
import { withLastingFiles, withTemporaryFiles } from "./temporary-files.js";

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

export interface AttemptOptions extends Pick<EngineCall, "signal" | "workingDirectory"> {
  /** By default the limit of such calls. */
  readonly limitSeconds?: number | undefined;
}

export interface EngineOptions {
  /** The folder in which each call has one of its own for temporary files. */
  readonly temporaryFiles: string;
  /** Flags before each subcommand that are needed on this machine. */
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Told of a call that takes long. */
  readonly tell?: TellWait | undefined;
}

export interface LastingOptions {
  readonly limitSeconds?: number;
  /** A file whose lock the call holds until it has removed its temporary files. */
  readonly lock?: string | undefined;
  readonly workingDirectory?: string | undefined;
}

/** An engine's command, with the flags needed on this machine. */
export class Engine {
  /** The variables of all calls. */
  readonly environment: Readonly<Record<string, string>>;

  constructor(
    readonly name: string,
    private readonly options: EngineOptions,
  ) {
    this.environment = options.environment ?? {};
  }

  /** The whole command line of a call. */
  line(parameters: readonly string[]): string[] {
    return [this.name, ...(this.options.flags ?? []), ...parameters];
  }

  /** Calls the body with the variables of one call. */
  withVariables<Result>(body: (variables: Readonly<Record<string, string>>) => Promise<Result>): Promise<Result> {
    return withTemporaryFiles(this.options.temporaryFiles, (variables) => body({ ...this.environment, ...variables }));
  }

  /** Runs the engine and returns the result, failed or not. */
  attempt(parameters: readonly string[], { signal, workingDirectory, limitSeconds }: AttemptOptions = {}): Promise<ToolResult> {
    const engineLine = this.line(parameters);
    const [file = "", ...words] = engineLine;
    return this.withVariables((environment) =>
      this.#run({ file, arguments: words, environment, engineLine, signal, workingDirectory, limitSeconds }),
    );
  }

  /** As `attempt`, for what goes on if this process is killed. */
  attemptLasting(parameters: readonly string[], { lock, limitSeconds, workingDirectory }: LastingOptions = {}): Promise<ToolResult> {
    return withLastingFiles(this.options.temporaryFiles, ({ prefix, variables }) => {
      const engineLine = this.line(parameters);
      const [file = "", ...words] = [...(lock === undefined ? [] : ["flock", lock]), ...prefix, ...engineLine];
      const environment = { ...this.environment, ...variables };
      return this.#run({ file, arguments: words, environment, engineLine, limitSeconds, workingDirectory, outlivesCaller: true });
    });
  }

  #run(command: ToolCommand & { readonly engineLine: readonly string[] }): Promise<ToolResult> {
    const what = `${this.name} has not ended ${quote(command.engineLine.join(" "))}`;
    return tellingWaits({ what, tell: this.options.tell, seconds: noticeSeconds() }, runTool(command));
  }

  /**
   * As `attemptLasting`, for a removal: an engine that dies in one leaves files that nobody finds. It is tried again while what a killed
   * engine has started still writes to the folder.
   */
  async attemptRemoval(parameters: readonly string[], { limitSeconds = REMOVAL_SECONDS }: AttemptOptions = {}): Promise<ToolResult> {
    for (let triesLeft = MOST_REMOVALS; ; triesLeft--) {
      const result = await this.attemptLasting(parameters, { limitSeconds });
      if (result.exitCode === 0 || triesLeft === 0 || !/directory not empty|resource busy/i.test(result.stderr)) return result;
      await sleep(REMOVAL_PAUSE_MILLISECONDS);
    }
  }

  /** Runs the engine and returns its standard output. Throws the error that matches its failure. */
  async call(parameters: readonly string[], { operation, image, signal, workingDirectory }: EngineCall): Promise<string> {
    const result = await this.attempt(parameters, { signal, workingDirectory });
    if (result.exitCode !== 0) throw engineFailure({ engine: this.name, operation, image }, result);
    return result.stdout;
  }
}
