import { listOf, safe, unknownName } from "@imagewright/diagnostics";
import {
  createNodeHost,
  endBySignal,
  endCancelled,
  ENDING_SIGNALS,
  exitCodeOfSignal,
  guardOutput,
  type EndingSignal,
} from "@imagewright/node-host";
import { EXIT } from "./cli/exit-codes.js";
import { explainFailure } from "./cli/explain.js";
import { UsageError } from "./cli/usage-error.js";
import { completion } from "./commands/completion.js";
import { run } from "./commands/run.js";
import { validate } from "./commands/validate.js";
import { EarlyEnd } from "./early-end.js";
import { exitWith } from "./exit-with.js";
import { terminal } from "./terminal.js";

declare const AGENT_VERSION: string;

const HELP = safe`ib-agent ${AGENT_VERSION}: runs component documents on the machine that becomes the image

COMMANDS
  run         run the phases of component documents
  validate    report every fault of component documents without running them
  completion  print the script that completes command lines in bash, zsh or fish

  ib-agent COMMAND --help shows the flags of a command.

EXIT CODES
  0 done, 1 problems were found or the run failed, 2 the command line is wrong, 3 an internal error,
  ${EXIT.restart} the machine has to restart before the run continues; 129, 130 or 143 after SIGHUP, Ctrl-C or SIGTERM
`;

const COMMANDS = ["completion", "run", "validate"];
const HELP_FLAGS = ["--help", "-h"];

async function main(given: readonly string[]): Promise<number> {
  const [command, ...parameters] = helpAsFlag(given);
  if (command === undefined || HELP_FLAGS.includes(command)) {
    terminal.out(HELP);
    return command === undefined ? EXIT.usage : EXIT.done;
  }
  if (command === "--version" || command === "-v") {
    terminal.out(safe`${AGENT_VERSION}\n`);
    return EXIT.done;
  }
  const context = { host: createNodeHost(), terminal, version: AGENT_VERSION };
  if (command === "completion") return completion(parameters, terminal);
  if (command === "validate") return validate(parameters, context);
  if (command === "run")
    return run(parameters, { ...context, earlyEnd, signal: cancelOnSignal(), onRun: (resume) => (cancellation.resume = resume) });
  throw new UsageError(command.startsWith("-") ? `give a command first: ${listOf(COMMANDS)}` : unknownName("command", command, COMMANDS));
}

/** `help`, `help COMMAND` and `--help COMMAND` as `--help` and `COMMAND --help`. */
function helpAsFlag(given: readonly string[]): readonly string[] {
  const [first = "", command, ...others] = given;
  if (first !== "help" && !HELP_FLAGS.includes(first)) return given;
  return command === undefined ? ["--help"] : [command, ...others, "--help"];
}

const earlyEnd = new EarlyEnd(terminal);
const cancellation: {
  by?: EndingSignal;
  /** The command that goes on with the run, once there is one. */
  resume?: string;
} = {};

/** The first Ctrl-C, SIGTERM or SIGHUP cancels the run, which ends its processes; a second one ends the agent and them immediately. */
function cancelOnSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ENDING_SIGNALS) {
    process.on(signal, () => {
      if (controller.signal.aborted) {
        const { resume } = cancellation;
        terminal.err(safe`cancelled at once${resume === undefined ? "" : `; go on with: ${resume}`}\n`);
        return earlyEnd.begin(() => endBySignal(signal));
      }
      cancellation.by ??= signal;
      terminal.err(safe`${signal}: ending the running step and its processes\n`);
      controller.abort(new Error(`cancelled by ${signal}`));
    });
  }
  return controller.signal;
}

for (const signal of ENDING_SIGNALS)
  process.once(signal, () => {
    if (process.listenerCount(signal) > 0) return;
    terminal.err(safe`cancelled\n`);
    endCancelled(signal, (flushed) => terminal.flush(flushed));
  });
const output = guardOutput((message) => terminal.err(safe`error: ${message}\n`));
const code = await main(process.argv.slice(2)).catch((thrown: unknown) =>
  cancellation.by === undefined ? explainFailure(thrown, terminal) : EXIT.failed,
);
const { by } = cancellation;
// what is left is to wait for a reader of the output
for (const signal of ENDING_SIGNALS) process.removeAllListeners(signal).on(signal, () => endBySignal(signal));
await exitWith(code === EXIT.done && output.hasFailed ? EXIT.failed : code, (flushed) => terminal.flush(flushed));
if (by !== undefined && code !== EXIT.done && code !== EXIT.restart) {
  terminal.err(safe`cancelled\n`);
  process.exitCode = exitCodeOfSignal(by);
  endCancelled(by, (flushed) => terminal.flush(flushed));
}
