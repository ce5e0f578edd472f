import { safe } from "@imagewright/diagnostics";
import { BaseCommand } from "../../cli/base-command.js";
import { planeFlags, readConfigurationToWrite } from "../../cli/configuration.js";
import { Args } from "../../cli/oclif.js";
import { withPlane } from "../../serve/with-plane.js";

export default class KeyRm extends BaseCommand {
  static override summary = "Remove an access key; requests with it are refused from the next second on.";
  static override description = "The user and its policies stay. Without a key of the root, the next start of ib serve makes one.";
  static override examples = ["<%= config.bin %> key rm AKIAIOSFODNN7EXAMPLE"];
  static override args = { key: Args.string({ description: "the id of the key", required: true }) };
  static override flags = planeFlags;

  async run(): Promise<{ readonly removed: string }> {
    const { args, flags } = await this.parse(KeyRm);
    const configuration = await readConfigurationToWrite(flags, (found) => this.report(found));
    await withPlane(configuration, (plane) => plane.keys.remove(args.key));
    this.say(safe`removed ${args.key}\n`);
    return { removed: args.key };
  }
}
