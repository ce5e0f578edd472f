import { join } from "node:path";
import { safe } from "@imagewright/diagnostics";
import { endBySignal, ENDING_SIGNALS, guardOutput } from "@imagewright/node-host";
import { run } from "@oclif/core/run";
import { exitCodeOfFailure, failureText, type CommandFailure } from "./cli/failure-text.js";
import { rootPlugin } from "./cli/root-plugin.js";
import { silentLogger } from "./cli/silent-logger.js";
import { terminal } from "./cli/terminal.js";

guardOutput((message) => terminal.err(safe`error: ${message}\n`));
// commands that clean up first have handlers of their own
for (const signal of ENDING_SIGNALS) process.on(signal, () => process.listenerCount(signal) === 1 && endBySignal(signal));

const root = join(import.meta.dirname, "..");
const plugin = rootPlugin(root);
const debugging = process.env["DEBUG"] !== undefined;
const options = { root, plugins: new Map([[plugin.name, plugin]]), ...(!debugging && { logger: silentLogger }) };

try {
  await run(process.argv.slice(2), options);
} catch (thrown) {
  // what happens outside of a command; oclif's own report would show an argument as it is
  terminal.err(failureText(thrown as CommandFailure, terminal.errColor));
  process.exit(exitCodeOfFailure(thrown as CommandFailure));
}
