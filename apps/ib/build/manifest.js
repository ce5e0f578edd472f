// Prints the manifest with which oclif knows every command, its flags and its help, without loading one: oclif.manifest.json.
import { join } from "node:path";
import { Plugin } from "@oclif/core/config";

const root = join(import.meta.dirname, "..");
const plugin = new Plugin({ root, type: "core", isRoot: true, ignoreManifest: true, errorOnManifestCreate: true });
await plugin.load();
// oclif has them in the order of the file system
const commands = Object.fromEntries(Object.entries(plugin.manifest.commands).sort(([a], [b]) => (a < b ? -1 : 1)));
process.stdout.write(`${JSON.stringify({ ...plugin.manifest, commands }, undefined, 2)}\n`);
