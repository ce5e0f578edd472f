import type { EncryptionStatus } from "@imagewright/control-plane";
import { BaseCommand } from "../../cli/base-command.js";
import { planeFlags, readConfigurationToWrite } from "../../cli/configuration.js";
import { renderEncryption } from "../../render/encryption.js";
import { withPlane } from "../../serve/with-plane.js";

export default class EncryptionRotate extends BaseCommand {
  static override summary = "Make a new data key, and encrypt everything with it, also what was stored before there was a key.";
  static override description =
    "Servers go on working meanwhile, and take the new data keys. The key that wraps the data keys stays; ib encryption rewrap changes that. " +
    "Resources that name a key of KMS get new data keys under that key; what it does not open stays, and the exit code is 1.";
  static override examples = ["<%= config.bin %> encryption rotate"];
  static override flags = planeFlags;

  async run(): Promise<EncryptionStatus> {
    const { flags } = await this.parse(EncryptionRotate);
    const configuration = await readConfigurationToWrite(flags, (found) => this.report(found));
    const status = await withPlane(configuration, (plane) => plane.encryption.rotate());
    this.print(renderEncryption(status));
    if (status.resourceKeys.some(({ problem }) => problem !== null)) process.exitCode = 1;
    return status;
  }
}
