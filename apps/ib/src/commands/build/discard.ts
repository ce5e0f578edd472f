import { ENGINES } from "@imagewright/build-hosts";
import { joinSafe, safe } from "@imagewright/diagnostics";
import { discardBuild, holdBuild, ImageStore, readHostName } from "@imagewright/image-build";
import { BaseCommand } from "../../cli/base-command.js";
import { dataFlags, readConfigurationToWrite } from "../../cli/configuration.js";
import { Args, Flags } from "../../cli/oclif.js";
import { buildFolders, openBuildHost } from "../../cli/open-build-host.js";

export default class BuildDiscard extends BaseCommand {
  static override summary = "Remove a build that was interrupted, with its containers, images and logs.";
  static override examples = ["<%= config.bin %> build discard b-20261128-4f3a9c"];
  static override args = { build: Args.string({ description: "the id of the build", required: true }) };
  static override flags = {
    engine: Flags.string({ summary: "the container engine, if the build's file does not say", options: [...ENGINES] }),
    ...dataFlags,
  };

  async run(): Promise<{ readonly build: string; readonly removed: readonly string[] }> {
    const { args, flags } = await this.parse(BuildDiscard);
    const configuration = await readConfigurationToWrite(flags, (found) => this.report(found));
    const dataFolder = configuration.dataFolder.value;
    const hold = await holdBuild(buildFolders(configuration), args.build);
    try {
      const { host } = await openBuildHost(readHostName(hold.folder) ?? flags.engine, configuration, this.say);
      const leftovers = await discardBuild(hold, { host, store: new ImageStore(dataFolder) });
      const removed = leftovers.map(({ kind, name }) => `${kind} ${name}`);
      this.say(safe`build ${args.build} is discarded\n${joinSafe(removed.map((one) => safe`removed the ${one}\n`))}`);
      return { build: args.build, removed };
    } finally {
      await hold.lease.release();
    }
  }
}
