import { stdout } from "node:process";
import type { BackupSummary } from "@imagewright/control-plane";
import { safe } from "@imagewright/diagnostics";
import { string } from "../cli/args.js";
import { BaseCommand } from "../cli/base-command.js";
import { dataFlags, readConfigurationToWrite, serviceFlags } from "../cli/configuration.js";
import { wrongUsage } from "../cli/wrong-usage.js";
import { describeBackup } from "../render/backup.js";
import { writeBackupFile, writeBackupTo } from "../serve/backup-file.js";
import { withServiceDatabase } from "../serve/with-service-database.js";

export default class Backup extends BaseCommand {
  static override summary = "Write all that the service has stored to a file, as it is at one moment.";
  static override description =
    "Servers go on working meanwhile. The file has the secrets of access keys, and only its user can read it. It appears at once and complete, or not at all. ib restore reads it.";
  static override examples = [
    "<%= config.bin %> backup images.backup",
    "<%= config.bin %> backup - --database-url postgresql://ib@db.example.org/images | zstd > images.backup.zst",
  ];
  static override args = { file: string({ description: "the new file; - is standard output", required: true }) };
  static override flags = { "database-url": serviceFlags["database-url"], ...dataFlags };

  async run(): Promise<BackupSummary | undefined> {
    const { args, flags } = await this.parse(Backup);
    const { file } = args;
    if (file === "-" && (this.jsonEnabled() || stdout.isTTY))
      throw wrongUsage("a backup on standard output must go to a file or a program");
    const configuration = await readConfigurationToWrite(flags, (found) => this.report(found));
    const summary = await withServiceDatabase(configuration, ({ url }) =>
      file === "-" ? writeBackupTo(stdout, url) : writeBackupFile(file, url),
    );
    this.say(safe`${describeBackup(summary)} in ${file === "-" ? "standard output" : file}\n`);
    return file === "-" ? undefined : summary;
  }
}
