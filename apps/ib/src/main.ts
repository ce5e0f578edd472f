import { join } from "node:path";
import { safe, safeJson } from "@imagewright/diagnostics";
import { endCancelled, ENDING_SIGNALS, exitCodeOfSignal, guardOutput } from "@imagewright/node-host";
import { Config } from "@oclif/core/config";
import { setLogger } from "@oclif/core/logger";
import { readCommandLine, wantsJson } from "./cli/command-line.js";
import { failureJson } from "./cli/failure-json.js";
import { exitCodeOfFailure, failureText, type CommandFailure } from "./cli/failure-text.js";
import { ibError } from "./errors.js";
import { removedFolder } from "./cli/removed-folder.js";
import { rootPlugin } from "./cli/root-plugin.js";
import { silentLogger } from "./cli/silent-logger.js";
import { line, terminal } from "./cli/terminal.js";

guardOutput((message) => terminal.err(safe`error: ${message}\n`));
for (const signal of ENDING_SIGNALS)
  process.once(signal, () => {
    // commands that clean up first have handlers of their own
    if (process.listenerCount(signal) > 0) return;
    const cancelled = ibError("cancelled", {});
    if (wantsJson(given)) terminal.out(line(safeJson(failureJson(cancelled, { exitCode: exitCodeOfSignal(signal), command: "" }), 2)));
    else terminal.err(line(cancelled.message));
    endCancelled(signal, (flushed) => terminal.flush(flushed));
  });

const root = join(import.meta.dirname, "..");
const plugin = rootPlugin(root);
const debugging = process.env["DEBUG"] !== undefined;
const options = { root, plugins: new Map([[plugin.name, plugin]]), ...(!debugging && { logger: silentLogger }) };
const known = { commands: plugin.commandIDs.map((id) => id.replaceAll(":", " ")), topics: plugin.topics.map(({ name }) => name) };
const given = process.argv.slice(2);

try {
  await start();
} catch (thrown) {
  // what happens outside of a command; oclif's own report would show an argument as it is
  const failure: CommandFailure = removedFolder(thrown as NodeJS.ErrnoException) ?? (thrown as CommandFailure);
  const [exitCode, command] = [exitCodeOfFailure(failure), ""];
  process.exitCode = exitCode;
  if (wantsJson(given)) terminal.out(line(safeJson(failureJson(failure, { exitCode, command }), 2)));
  else terminal.err(failureText(failure, { color: terminal.errColor, command }));
}

async function start(): Promise<void> {
  const asked = readCommandLine(given, known);
  setLogger(options);
  const config = await Config.load(options);
  if (asked.what === "version") return terminal.out(line(config.userAgent));
  if (asked.what === "help") {
    const { showHelp } = await import("./cli/show-help.js");
    return showHelp(config, asked.words);
  }
  await config.runCommand(asked.words.join(":"), [...asked.parameters]);
}
