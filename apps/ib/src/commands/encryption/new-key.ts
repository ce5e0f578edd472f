import { resolve } from "node:path";
import { safe } from "@imagewright/diagnostics";
import { string } from "../../cli/args.js";
import { BaseCommand } from "../../cli/base-command.js";

interface NewKey {
  readonly file: string;
  /** Which key it is, as messages name it. */
  readonly name: string;
}

export default class EncryptionNewKey extends BaseCommand {
  static override summary = "Make a key file, under which ib serve encrypts documents and secrets.";
  static override description =
    "Keep a copy apart from the database and its backups: without the key nothing that is encrypted can be read, by anybody.";
  static override examples = ["<%= config.bin %> encryption new-key encryption.key"];
  static override args = { file: string({ description: "the new file", required: true }) };

  async run(): Promise<NewKey> {
    const { args } = await this.parse(EncryptionNewKey);
    const { writeKeyFile } = await import("../../serve/encryption-key-file.js");
    const { name } = writeKeyFile(args.file);
    this.print(safe`${name}, in ${args.file}`);
    this.say(safe`keep a copy of it apart from the database: without it nothing that is encrypted can be read\n`);
    return { file: resolve(args.file), name };
  }
}
