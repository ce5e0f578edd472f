import { join } from "node:path";
import { endBySignal, ENDING_SIGNALS, guardOutput } from "@imagewright/node-host";
import { execute } from "@oclif/core/execute";
import { rootPlugin } from "./cli/root-plugin.js";
import { silentLogger } from "./cli/silent-logger.js";

guardOutput((message) => void process.stderr.write(`error: ${message}\n`));
// commands that clean up first have handlers of their own
for (const signal of ENDING_SIGNALS) process.on(signal, () => process.listenerCount(signal) === 1 && endBySignal(signal));

const root = join(import.meta.dirname, "..");
const plugin = rootPlugin(root);
const debugging = process.env["DEBUG"] !== undefined;

await execute({ loadOptions: { root, plugins: new Map([[plugin.name, plugin]]), ...(!debugging && { logger: silentLogger }) } });
