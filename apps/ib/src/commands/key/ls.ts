import type { ListedKey } from "@imagewright/control-plane";
import { safe } from "@imagewright/diagnostics";
import { BaseCommand } from "../../cli/base-command.js";
import { planeFlags, readConfigurationToWrite } from "../../cli/configuration.js";
import { Flags } from "../../cli/oclif.js";
import { renderTable } from "../../render/table.js";
import { withPlane } from "../../serve/with-plane.js";

export default class KeyLs extends BaseCommand {
  static override summary = "List the access keys of the service, the oldest first.";
  static override examples = ["<%= config.bin %> key ls", "<%= config.bin %> key ls --account 111122223333 --json"];
  static override flags = {
    account: Flags.string({ summary: "keys of this account only", helpValue: "ACCOUNT" }),
    ...planeFlags,
  };

  async run(): Promise<readonly ListedKey[]> {
    const { flags } = await this.parse(KeyLs);
    const configuration = await readConfigurationToWrite(flags, (found) => this.report(found));
    const keys = await withPlane(configuration, (plane, { account }) => plane.keys.list(flags.account === undefined ? undefined : account));
    if (keys.length === 0) this.say(safe`there are no keys\n`);
    else
      this.print(
        renderTable(
          ["KEY", "CREATED", "OF", "POLICIES"],
          keys.map(({ id, createdAt, principal, policies }) => [id, createdAt.toISOString(), principal, policies.join(", ")]),
        ),
      );
    return keys;
  }
}
