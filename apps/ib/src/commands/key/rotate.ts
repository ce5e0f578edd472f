import type { StoredAccessKey } from "@imagewright/control-plane";
import { safe } from "@imagewright/diagnostics";
import { BaseCommand } from "../../cli/base-command.js";
import { planeFlags, readConfigurationToWrite } from "../../cli/configuration.js";
import { Args } from "../../cli/oclif.js";
import { renderNewKey } from "../../render/key.js";
import { withPlane } from "../../serve/with-plane.js";

export default class KeyRotate extends BaseCommand {
  static override summary = "Make a new access key in place of another one, which counts no more.";
  static override examples = ["<%= config.bin %> key rotate AKIAIOSFODNN7EXAMPLE"];
  static override args = { key: Args.string({ description: "the id of the key", required: true }) };
  static override flags = planeFlags;

  async run(): Promise<StoredAccessKey> {
    const { args, flags } = await this.parse(KeyRotate);
    const configuration = await readConfigurationToWrite(flags, (found) => this.report(found));
    const key = await withPlane(configuration, (plane) => plane.keys.rotate(args.key));
    this.print(renderNewKey(key));
    if (key.principal.endsWith(":root")) this.say(safe`the next start of ib serve writes it to the file of the root key\n`);
    return key;
  }
}
