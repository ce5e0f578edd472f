import type { AuditRecord } from "@imagewright/control-plane";
import { safe } from "@imagewright/diagnostics";
import { BaseCommand } from "../cli/base-command.js";
import { planeFlags, readConfigurationToWrite } from "../cli/configuration.js";
import { Flags } from "../cli/oclif.js";
import { readTime } from "../cli/read-time.js";
import { renderTable } from "../render/table.js";
import { withPlane } from "../serve/with-plane.js";

const MOST = 100_000;

export default class Audit extends BaseCommand {
  static override summary = "Show who has called what, from where, and what the service has answered.";
  static override description =
    "Every request that the servers of the database have answered, also those that were refused; the newest come last. A record has no secrets: of what was sent and answered it has the ARNs alone.";
  static override examples = [
    "<%= config.bin %> audit --failed",
    "<%= config.bin %> audit --user ada --since 2027-01-01",
    "<%= config.bin %> audit --operation DeleteImage --json",
  ];
  static override flags = {
    since: Flags.string({ summary: "requests of this time or later", helpValue: "TIME" }),
    until: Flags.string({ summary: "requests before this time", helpValue: "TIME" }),
    user: Flags.string({ summary: "requests of this user, of root, or of the identity with this ARN", helpValue: "NAME|ARN" }),
    key: Flags.string({ summary: "requests that named this access key", helpValue: "KEY" }),
    operation: Flags.string({ summary: "requests of this operation", helpValue: "NAME" }),
    resource: Flags.string({ summary: "requests that named this resource, or made it", helpValue: "ARN" }),
    failed: Flags.boolean({ summary: "requests that were answered with an error" }),
    limit: Flags.integer({ summary: "the newest so many", default: 100, min: 1, max: MOST }),
    ...planeFlags,
  };

  async run(): Promise<readonly AuditRecord[]> {
    const { flags } = await this.parse(Audit);
    const { user, key: accessKeyId, operation, resource, failed, limit } = flags;
    const time = (name: "since" | "until") => (flags[name] === undefined ? undefined : readTime(name, flags[name]));
    const principal = user === undefined || user.startsWith("arn:") || user === "root" ? user : `user/${user}`;
    const query = { since: time("since"), until: time("until"), principal, accessKeyId, operation, resource, failed, limit };
    const configuration = await readConfigurationToWrite(flags, (found) => this.report(found));
    const records = await withPlane(configuration, (plane) => plane.audit.find(query));
    if (records.length === 0) this.say(safe`no requests\n`);
    else this.print(renderTable(["TIME", "WHO", "FROM", "OPERATION", "ANSWER", "RESOURCES"], records.map(cellsOf)));
    if (records.length === limit) this.say(safe`the newest ${limit}; --limit shows more\n`);
    return records;
  }
}

function cellsOf({ at, principal, accessKeyId, sourceIp, operation, status, error, resources }: AuditRecord): readonly string[] {
  const who = principal ?? (accessKeyId === undefined ? "nobody" : `not proved: ${accessKeyId}`);
  return [at.toISOString(), who, sourceIp ?? "", operation ?? "", error ?? String(status), resources.join(" ")];
}
