// Prints the manifest with which oclif knows every command, its flags and its help, without loading one: oclif.manifest.json.
import { join } from "node:path";
import { Plugin } from "@oclif/core/config";

const root = join(import.meta.dirname, "..");
const plugin = new Plugin({ root, type: "core", isRoot: true, ignoreManifest: true, errorOnManifestCreate: true });
await plugin.load();
process.stdout.write(`${JSON.stringify(plugin.manifest, undefined, 2)}\n`);
