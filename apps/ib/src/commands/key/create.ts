import { basename } from "node:path";
import { readAccessPolicy } from "@imagewright/access-policies";
import type { NamedPolicy, StoredAccessKey } from "@imagewright/control-plane";
import { BaseCommand } from "../../cli/base-command.js";
import { planeFlags, readConfigurationToWrite } from "../../cli/configuration.js";
import { Flags } from "../../cli/oclif.js";
import { readInput } from "../../cli/read-input.js";
import { renderNewKey } from "../../render/key.js";
import { withPlane } from "../../serve/with-plane.js";

export default class KeyCreate extends BaseCommand {
  static override summary = "Make an access key of a user, and say what the user may do.";
  static override description =
    "The secret is shown once. With --policy these policies are in place of the user's earlier ones; without it those stay, and a new user may do nothing.";
  static override examples = [
    "<%= config.bin %> key create --user ada --policy read-only.json",
    "<%= config.bin %> key create --account 111122223333 --user builds --policy builds.json --policy tags.json",
  ];
  static override flags = {
    user: Flags.string({ summary: "the name of the user, who is made with the first key", helpValue: "NAME", required: true }),
    policy: Flags.string({
      summary: "a file with a policy in the form of IAM; may be given several times",
      helpValue: "FILE",
      multiple: true,
      multipleNonGreedy: true,
    }),
    account: Flags.string({ summary: "the account of the user (default: that of ib serve)", helpValue: "ACCOUNT" }),
    ...planeFlags,
  };

  async run(): Promise<StoredAccessKey> {
    const { flags } = await this.parse(KeyCreate);
    const policies = flags.policy && (await Promise.all(flags.policy.map((path) => this.#read(path))));
    const configuration = await readConfigurationToWrite(flags, (found) => this.report(found));
    const key = await withPlane(configuration, (plane, { account }) =>
      plane.keys.create({ account, user: flags.user, ...(policies && { policies }) }),
    );
    this.print(renderNewKey(key));
    return key;
  }

  async #read(path: string): Promise<NamedPolicy> {
    const source = await readInput(path);
    this.report(readAccessPolicy(source, { kind: "identity" }).diagnostics);
    return { name: basename(source.name), document: source.text };
  }
}
