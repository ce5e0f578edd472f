import { awsSettings } from "@imagewright/configuration";
import type { EncryptionStatus } from "@imagewright/control-plane";
import { safe } from "@imagewright/diagnostics";
import { string } from "../../cli/args.js";
import { BaseCommand } from "../../cli/base-command.js";
import { planeFlags, readConfigurationToWrite } from "../../cli/configuration.js";
import { renderEncryption } from "../../render/encryption.js";
import { withPlane } from "../../serve/with-plane.js";

export default class EncryptionRewrap extends BaseCommand {
  static override summary = "Have another key wrap the data keys: another file, or a key of KMS.";
  static override description =
    "Nothing is encrypted again, so it takes a moment. Servers that run go on; their next start needs the new key. Backups that were made before still need the old one.";
  static override examples = [
    "<%= config.bin %> encryption rewrap new.key --encryption-key old.key",
    "<%= config.bin %> encryption rewrap arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  ];
  static override args = {
    key: string({ description: "a key file of ib encryption new-key, or the ARN of a key of KMS", required: true }),
  };
  static override flags = planeFlags;

  async run(): Promise<EncryptionStatus> {
    const { args, flags } = await this.parse(EncryptionRewrap);
    const configuration = await readConfigurationToWrite(flags, (found) => this.report(found));
    const { openEncryptionKey } = await import("../../serve/open-plane.js");
    const wrapper = openEncryptionKey(args.key, awsSettings(configuration));
    const status = await withPlane(configuration, (plane) => plane.encryption.rewrap(wrapper));
    this.print(renderEncryption(status));
    this.say(safe`the next start of ib serve needs --encryption-key ${args.key}\n`);
    return status;
  }
}
