import {
  hasErrors,
  isImagewrightError,
  safe,
  safeJson,
  safeLines,
  showDiagnostics,
  type Diagnostic,
  type SafeText,
} from "@imagewright/diagnostics";
import { endBySignal, endCancelled, endFlushed, ENDING_SIGNALS, exitCodeOfSignal, type EndingSignal } from "@imagewright/node-host";
import type { Config } from "@oclif/core/config";
import { ibError } from "../errors.js";
import { failureJson } from "./failure-json.js";
import { exitCodeOfFailure, failureText, FaultsFound, type CommandFailure } from "./failure-text.js";
import { Command } from "./oclif.js";
import { removedFolder } from "./removed-folder.js";
import { line, terminal } from "./terminal.js";
import { usageFault, valueOfSwitch } from "./usage-fault.js";

/** Shared by all commands: `--json`, the output of diagnostics and errors, the exit codes, Ctrl-C. */
export abstract class BaseCommand extends Command {
  static override enableJsonFlag = true;
  #cancelledBy: EndingSignal | undefined;
  /** What is left is to wait for a reader of the output. */
  #isOver = false;

  /** Runs a command with the given configuration; oclif would load it again. */
  static override run<Given extends Command>(
    this: new (argv: string[], config: Config) => Given,
    argv: string[],
    config: Config,
  ): Promise<ReturnType<Given["run"]>> {
    const command = new this(argv, config) as Command as BaseCommand;
    return command._run();
  }

  /** Whether standard error supports colours. */
  protected get color(): boolean {
    return terminal.errColor;
  }

  /** Writes a message to standard error, so that standard output contains only the command's result. */
  protected readonly say = (text: SafeText): void => terminal.err(text);

  /** Writes the result for people to standard output, with a line break at its end; nothing with `--json`. */
  protected print(text: SafeText): void {
    if (!this.jsonEnabled()) terminal.out(line(text));
  }

  /** What oclif itself prints. Commands use `print`. */
  override log(message = ""): void {
    this.print(safeLines(message, ""));
  }

  override logJson(value: unknown): void {
    terminal.out(line(safeJson(value, 2)));
  }

  /** Shows diagnostics, and ends the command with exit code 1 if one of them is an error. */
  protected report(diagnostics: readonly Diagnostic[]): void {
    if (hasErrors(diagnostics)) throw new FaultsFound(diagnostics);
    this.say(showDiagnostics(diagnostics, { color: this.color }));
  }

  /** A signal that aborts on the first Ctrl-C or SIGTERM; a second one ends the process immediately, and says what is left. */
  protected cancelSignal(): AbortSignal {
    const controller = new AbortController();
    for (const name of ENDING_SIGNALS) {
      process.on(name, () => {
        this.#cancelledBy ??= name;
        if (this.#isOver) endBySignal(name);
        if (controller.signal.aborted) {
          terminal.live.show([]);
          this.say(safe`cancelled at once; ${this.whatIsLeft()}\n`);
          return endFlushed(
            () => endBySignal(name),
            (flushed) => terminal.flush(flushed),
          );
        }
        this.say(safe`\n${name}: ${this.whatEnds()}; repeat to stop immediately\n`);
        controller.abort(this.reasonToEnd());
      });
    }
    return controller.signal;
  }

  /** What a command does after the first signal. */
  protected whatEnds(): string {
    return "ending processes and removing containers";
  }

  /** With what the command's signal is aborted then. */
  protected reasonToEnd(): Error {
    return ibError("cancelled", {});
  }

  /** Ends the process after a command has done all that a signal asks for; the exit code is that of the signal. */
  protected endAsAsked(): void {
    if (this.#cancelledBy === undefined) return;
    process.exitCode = exitCodeOfSignal(this.#cancelledBy);
    endCancelled(this.#cancelledBy, (flushed) => terminal.flush(flushed));
  }

  /** What a command leaves that is ended before it has cleaned up. */
  protected whatIsLeft(): string {
    return "what is left is removed by the next ib build or ib component run";
  }

  protected override async init(): Promise<void> {
    await super.init();
    const fault = valueOfSwitch(this.argv, this.ctor);
    if (fault !== undefined) throw fault;
  }

  protected override async catch(given: CommandFailure): Promise<unknown> {
    const thrown = usageFault(given, this.ctor) ?? removedFolder(given as NodeJS.ErrnoException) ?? given;
    const exitCode = this.#exitCodeFor(thrown);
    process.exitCode = exitCode;
    const command = (this.id ?? "").replaceAll(":", " ");
    if (this.jsonEnabled()) this.logJson(failureJson(thrown, { exitCode, command }));
    else {
      if (!isCancellation(thrown)) this.say(failureText(thrown, { color: this.color, command }));
      if (this.#cancelledBy !== undefined) this.say(isCancellation(thrown) ? line(thrown.message) : safe`cancelled\n`);
    }
    if (this.#cancelledBy !== undefined) endCancelled(this.#cancelledBy, (flushed) => terminal.flush(flushed));
    return undefined;
  }

  protected override async finally(thrown: Error | undefined): Promise<void> {
    this.#isOver = true;
    await super.finally(thrown);
  }

  /** What fails after a signal fails because of it, or in cleaning up: the exit code is that of the signal. */
  #exitCodeFor(thrown: CommandFailure): number {
    return this.#cancelledBy === undefined ? exitCodeOfFailure(thrown) : exitCodeOfSignal(this.#cancelledBy);
  }
}

function isCancellation(thrown: Error): boolean {
  return isImagewrightError(thrown, "ib/cancelled") || isImagewrightError(thrown, "ib/interrupted");
}
