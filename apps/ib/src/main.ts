import { join } from "node:path";
import { execute } from "@oclif/core/execute";
import { rootPlugin } from "./cli/root-plugin.js";
import { silentLogger } from "./cli/silent-logger.js";

const root = join(import.meta.dirname, "..");
const plugin = rootPlugin(root);
const debugging = process.env["DEBUG"] !== undefined;

await execute({ loadOptions: { root, plugins: new Map([[plugin.name, plugin]]), ...(!debugging && { logger: silentLogger }) } });
