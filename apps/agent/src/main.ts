import { listOf, unknownName } from "@imagewright/diagnostics";
import { createNodeHost } from "@imagewright/node-host";
import { EXIT } from "./cli/exit-codes.js";
import { explainFailure } from "./cli/explain.js";
import { UsageError } from "./cli/usage-error.js";
import { run } from "./commands/run.js";
import { validate } from "./commands/validate.js";
import { terminal } from "./terminal.js";

declare const AGENT_VERSION: string;

const HELP = `ib-agent ${AGENT_VERSION}: runs component documents on the machine that becomes the image

COMMANDS
  run       run the phases of component documents
  validate  report every fault of component documents without running them

  ib-agent COMMAND --help shows the flags of a command.

EXIT CODES
  0 done, 1 problems were found or the run failed, 2 the command line is wrong, 3 an internal error,
  194 the machine has to restart before the run continues
`;

const COMMANDS = ["run", "validate"];

async function main([command, ...parameters]: readonly string[]): Promise<number> {
  if (command === undefined || command === "--help" || command === "-h" || command === "help") {
    terminal.out(HELP);
    return command === undefined ? EXIT.usage : EXIT.done;
  }
  if (command === "--version" || command === "-v") {
    terminal.out(`${AGENT_VERSION}\n`);
    return EXIT.done;
  }
  const host = createNodeHost();
  if (command === "validate") return validate(parameters, host.platform, terminal);
  if (command === "run") return run(parameters, { host, terminal, signal: cancelOnSignal(), version: AGENT_VERSION });
  throw new UsageError(command.startsWith("-") ? `give a command first: ${listOf(COMMANDS)}` : unknownName("command", command, COMMANDS));
}

/** The first Ctrl-C or SIGTERM cancels the run, which ends its processes; a second one ends the agent immediately. */
function cancelOnSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(EXIT.failed);
      terminal.err(`${signal}: ending the running step and its processes\n`);
      controller.abort(new Error(`cancelled by ${signal}`));
    });
  }
  return controller.signal;
}

process.exitCode = await main(process.argv.slice(2)).catch((thrown: unknown) => explainFailure(thrown, terminal));
