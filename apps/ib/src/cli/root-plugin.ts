import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Command } from "@oclif/core/command";
import type { Manifest, PJSON, Plugin } from "@oclif/core/interfaces";

/**
 * `ib` as oclif sees it: all commands with their flags and help, from the manifest that the build has written. The file of a command is
 * loaded when it is called. oclif's own reader of manifests looks for plugins, TypeScript and more in several folders first.
 */
export function rootPlugin(root: string): Plugin {
  const pjson = readJson<PJSON>(join(root, "package.json"));
  const manifest = readJson<Manifest>(join(root, "oclif.manifest.json"));
  const { oclif, name, version } = pjson;
  const plugin: Plugin = {
    ...{ _base: name, alias: name, name, version, pjson, root, options: { root } },
    ...{ type: "core", moduleType: "module", isRoot: true, valid: true, hasManifest: true, commandsDir: undefined },
    hooks: (oclif.hooks ?? {}) as Plugin["hooks"], // package.json has them in the form of lists
    topics: Object.entries(oclif.topics ?? {}).map(([topic, about]) => ({ ...about, name: topic })),
    commandIDs: Object.keys(manifest.commands),
    commands: Object.values(manifest.commands).map((command) => ({ ...command, load: () => load(command) })),
    findCommand: (id: string) => load(manifest.commands[id]),
    load: async () => undefined,
  };
  return plugin;

  async function load(command: Command.Cached | undefined): Promise<Command.Class> {
    if (command?.relativePath === undefined) throw new Error(`oclif.manifest.json does not say where the command ${command?.id} is`);
    const { default: found } = (await import(pathToFileURL(join(root, ...command.relativePath)).href)) as { default: Command.Class };
    return Object.assign(found, { id: command.id, plugin });
  }
}

function readJson<Content>(path: string): Content {
  return JSON.parse(readFileSync(path, "utf8")) as Content;
}
