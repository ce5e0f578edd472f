import type { EncryptionStatus } from "@imagewright/control-plane";
import { BaseCommand } from "../../cli/base-command.js";
import { planeFlags, readConfigurationToWrite } from "../../cli/configuration.js";
import { renderEncryption } from "../../render/encryption.js";
import { withPlane } from "../../serve/with-plane.js";

export default class EncryptionState extends BaseCommand {
  static override summary = "Say under which keys documents and secrets are encrypted, and how many are not.";
  static override description = "The keys of KMS that resources name are asked; the exit code is 1 if one of them opens nothing.";
  static override examples = ["<%= config.bin %> encryption status", "<%= config.bin %> encryption status --encryption-key encryption.key"];
  static override flags = planeFlags;

  async run(): Promise<EncryptionStatus> {
    const { flags } = await this.parse(EncryptionState);
    const configuration = await readConfigurationToWrite(flags, (found) => this.report(found));
    const status = await withPlane(configuration, (plane) => plane.encryption.status());
    this.print(renderEncryption(status));
    if (status.resourceKeys.some(({ problem }) => problem !== null)) process.exitCode = 1;
    return status;
  }
}
