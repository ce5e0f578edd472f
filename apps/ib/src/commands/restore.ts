import { createReadStream } from "node:fs";
import { stdin } from "node:process";
import { awsSettings } from "@imagewright/configuration";
import type { BackupSummary } from "@imagewright/control-plane";
import { describeCause, isImagewrightError, safe } from "@imagewright/diagnostics";
import { string } from "../cli/args.js";
import { BaseCommand } from "../cli/base-command.js";
import { dataFlags, readConfigurationToWrite, serviceFlags } from "../cli/configuration.js";
import { ibError } from "../errors.js";
import { describeBackup } from "../render/backup.js";
import { claimFolder } from "../serve/claim-folder.js";
import { openServiceFiles } from "../serve/service-files.js";
import { withServiceDatabase } from "../serve/with-service-database.js";

export default class Restore extends BaseCommand {
  static override summary = "Fill an empty database of the service from a backup, all of it or nothing.";
  static override examples = [
    "<%= config.bin %> restore images.backup --data-dir /srv/restored",
    "zstd -dc images.backup.zst | <%= config.bin %> restore - --database-url postgresql://ib@db.example.org/images",
  ];
  static override args = { file: string({ description: "the file that ib backup has written; - is standard input", required: true }) };
  static override flags = { "database-url": serviceFlags["database-url"], ...dataFlags };

  async run(): Promise<BackupSummary> {
    const { args, flags } = await this.parse(Restore);
    const configuration = await readConfigurationToWrite(flags, (found) => this.report(found));
    const input = args.file === "-" ? stdin : createReadStream(args.file);
    // it is thrown where it is read
    input.on("error", () => undefined);
    // a server would make its own schema and key meanwhile
    const lease = await claimFolder(await openServiceFiles(configuration.dataFolder.value));
    try {
      const { findResourceKeyProblems, restoreBackup } = await import("@imagewright/control-plane");
      const { kmsDataKeys } = await import("@imagewright/aws");
      const [summary, problems] = await withServiceDatabase(configuration, async ({ url }) => [
        await restoreBackup(url, input),
        await findResourceKeyProblems(url, kmsDataKeys(awsSettings(configuration))),
      ]);
      this.say(safe`restored ${describeBackup(summary)} from ${args.file === "-" ? "standard input" : args.file}\n`);
      for (const { problem } of problems) this.say(safe`warning: ${problem}\n`);
      return summary;
    } catch (thrown) {
      if (isImagewrightError(thrown) || input.errored === null) throw thrown;
      throw ibError("input-not-readable", { path: args.file, isMissing: false, cause: describeCause(thrown) }, { cause: thrown });
    } finally {
      input.destroy();
      await lease.release();
    }
  }
}
