import { join } from "node:path";
import { execute } from "@oclif/core/execute";
import { rootPlugin } from "./cli/root-plugin.js";
import { silentLogger } from "./cli/silent-logger.js";

const root = join(import.meta.dirname, "..");
const plugin = rootPlugin(root);
const debugging = process.env["DEBUG"] !== undefined;

// the SDK would say at each start which Node its later versions need; the version in use is pinned and runs on this one
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

await execute({ loadOptions: { root, plugins: new Map([[plugin.name, plugin]]), ...(!debugging && { logger: silentLogger }) } });
