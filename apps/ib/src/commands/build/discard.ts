import { ENGINES, type Leftover } from "@imagewright/build-hosts";
import { joinSafe, safe } from "@imagewright/diagnostics";
import { discardBuild, discardKept, findKept, holdBuild, ImageStore, readHostName } from "@imagewright/image-build";
import { BaseCommand } from "../../cli/base-command.js";
import { dataFlags, readConfigurationToWrite } from "../../cli/configuration.js";
import { Args, Flags } from "../../cli/oclif.js";
import { allBuildFolders, buildFolders, chooseHost, openBuildHost } from "../../cli/open-build-host.js";

interface Discarded {
  readonly build: string;
  readonly removed: readonly string[];
}

export default class BuildDiscard extends BaseCommand {
  static override summary =
    "Remove a build that was interrupted, with its containers, images and logs; or the container that a failed build or run has kept.";
  static override examples = ["<%= config.bin %> build discard b-20261128-4f3a9c"];
  static override args = { build: Args.string({ description: "the id of the build, or of the run", required: true }) };
  static override flags = {
    engine: Flags.string({ summary: "the container engine, if the build's file does not say", options: [...ENGINES] }),
    ...dataFlags,
  };

  async run(): Promise<Discarded> {
    const { args, flags } = await this.parse(BuildDiscard);
    const configuration = await readConfigurationToWrite(flags, (found) => this.report(found));
    const dataFolder = configuration.dataFolder.value;
    const folders = buildFolders(configuration);
    for (const owners of allBuildFolders(configuration)) {
      const kept = findKept(owners, args.build);
      if (kept === undefined) continue;
      const { host } = await chooseHost("problem" in kept ? flags.engine : kept.host, configuration, this.say);
      return this.#tell(`the container of ${args.build} is discarded`, args.build, await discardKept(owners, host, kept));
    }
    const hold = await holdBuild(folders, args.build);
    try {
      const { host } = await openBuildHost(readHostName(hold.folder) ?? flags.engine, configuration, this.say);
      const leftovers = await discardBuild(hold, { host, store: new ImageStore(dataFolder) });
      return this.#tell(`build ${args.build} is discarded`, args.build, leftovers);
    } finally {
      await hold.lease.release();
    }
  }

  #tell(what: string, build: string, leftovers: readonly Leftover[]): Discarded {
    const removed = leftovers.map(({ kind, name }) => `${kind} ${name}`);
    this.say(safe`${what}\n${joinSafe(removed.map((one) => safe`removed the ${one}\n`))}`);
    return { build, removed };
  }
}
