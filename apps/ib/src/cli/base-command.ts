import { describeCause, hasErrors, isImagewrightError, renderText, toJson, type Diagnostic } from "@imagewright/diagnostics";
import { endBySignal, ENDING_SIGNALS, exitCodeOfSignal, type EndingSignal } from "@imagewright/node-host";
import type { Config } from "@oclif/core/config";
import { renderError } from "../render/error.js";
import { Command } from "./oclif.js";
import { WRONG_USAGE } from "./wrong-usage.js";

const PATIENCE_MILLISECONDS = 1_000;

/** The documents or the recipe have faults, which have been shown. */
export class FaultsFound extends Error {
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super("the input has faults");
  }
}

/** Shared by all commands: `--json`, the output of diagnostics and errors, the exit codes, Ctrl-C. */
export abstract class BaseCommand extends Command {
  static override enableJsonFlag = true;
  #cancelledBy: EndingSignal | undefined;
  #cancellation: AbortSignal | undefined;
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
    return process.stderr.isTTY && process.env["NO_COLOR"] === undefined;
  }

  /** Writes a message to standard error, so that standard output contains only the command's result. */
  protected say(text: string): void {
    process.stderr.write(text);
  }

  /** Shows diagnostics, and ends the command with exit code 1 if one of them is an error. */
  protected report(diagnostics: readonly Diagnostic[]): void {
    if (hasErrors(diagnostics)) throw new FaultsFound(diagnostics);
    this.say(renderText(diagnostics, { color: this.color }));
  }

  /** A signal that aborts on the first Ctrl-C or SIGTERM; a second one ends the process immediately. */
  protected cancelSignal(): AbortSignal {
    const controller = new AbortController();
    this.#cancellation = controller.signal;
    for (const name of ENDING_SIGNALS) {
      process.on(name, () => {
        this.#cancelledBy ??= name;
        if (controller.signal.aborted || this.#isOver) endBySignal(name);
        this.say(`\n${name}: ending processes and removing containers; repeat to stop immediately\n`);
        controller.abort(new Error(`cancelled by ${name}`));
      });
    }
    return controller.signal;
  }

  protected override toErrorJson(thrown: Error & { oclif?: { exit?: number } }): unknown {
    if (thrown instanceof FaultsFound)
      return { error: { code: "faults-found", message: thrown.message, diagnostics: toJson(thrown.diagnostics) } };
    if (isImagewrightError(thrown))
      return { error: { code: thrown.code, message: thrown.message, hints: thrown.hints, data: thrown.data } };
    // oclif's messages have several lines: what is wrong, then the argument or flag
    if (thrown.oclif?.exit === WRONG_USAGE) return { error: { code: "wrong-usage", message: thrown.message } };
    return { error: { code: "internal", message: describeCause(thrown) } };
  }

  protected override async catch(thrown: Error & { exitCode?: number; oclif?: { exit?: number } }): Promise<unknown> {
    process.exitCode = this.#exitCodeFor(thrown);
    if (this.jsonEnabled()) this.logJson(this.toErrorJson(thrown));
    else this.say(this.#explain(thrown));
    if (this.#cancelledBy !== undefined) this.#endCancelled(this.#cancelledBy);
    return undefined;
  }

  protected override async finally(thrown: Error | undefined): Promise<void> {
    this.#isOver = true;
    await super.finally(thrown);
  }

  /** Whatever still hangs, such as a connection, does not keep a cancelled command. */
  #endCancelled(signal: EndingSignal): void {
    const timer = setTimeout(() => endBySignal(signal), PATIENCE_MILLISECONDS);
    process.stdout.write("", () => {
      clearTimeout(timer);
      endBySignal(signal);
    });
  }

  #isCancelled(thrown: Error): boolean {
    return this.#cancelledBy !== undefined && thrown === this.#cancellation?.reason;
  }

  #exitCodeFor(thrown: Error & { oclif?: { exit?: number } }): number {
    const wasCancelled = this.#isCancelled(thrown) || (isImagewrightError(thrown) && thrown.code.endsWith("cancelled"));
    if (this.#cancelledBy !== undefined && wasCancelled) return exitCodeOfSignal(this.#cancelledBy);
    if (thrown instanceof FaultsFound || isImagewrightError(thrown)) return 1;
    return thrown.oclif?.exit ?? 3;
  }

  #explain(thrown: Error & { oclif?: { exit?: number } }): string {
    if (this.#isCancelled(thrown)) return `${thrown.message}\n`;
    if (thrown instanceof FaultsFound) return renderText(thrown.diagnostics, { color: this.color });
    if (isImagewrightError(thrown)) return renderError(thrown);
    if (thrown.oclif?.exit !== undefined) return thrown.oclif.exit === 0 ? "" : `${thrown.message}\n`;
    return `internal error: ${thrown.stack ?? thrown.message}\n`;
  }
}
