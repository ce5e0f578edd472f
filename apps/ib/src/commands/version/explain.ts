import { safe, SourceFile } from "@imagewright/diagnostics";
import { explainVersion, type VersionFacts } from "@imagewright/semver-resolver";
import { BaseCommand } from "../../cli/base-command.js";
import { Args } from "../../cli/oclif.js";
import { wholeSpan } from "../../cli/whole-span.js";

export default class VersionExplain extends BaseCommand {
  static override summary = "Explain a version: its canonical and numeric form, and the next versions.";
  static override examples = ["<%= config.bin %> version explain 1.2.3/4", "<%= config.bin %> version explain 2021.01.09 --json"];
  static override args = { version: Args.string({ description: "such as 1.2.3 or 1.2.3/4", required: true }) };

  async run(): Promise<VersionFacts> {
    const { args } = await this.parse(VersionExplain);
    const { value, diagnostics } = explainVersion(wholeSpan(new SourceFile("version", args.version)));
    this.report(diagnostics);
    const facts = value as VersionFacts; // without faults there is a value
    const next = Object.entries(facts.next).map(([step, version]) => [`next ${step}`, version] as const);
    const lines = [
      ["canonical", facts.canonical] as const,
      ["numeric form", facts.numericForm ?? "has none without a build"] as const,
      ...next,
    ];
    for (const [name, text] of lines) this.print(safe`${name.padEnd(13)} ${text}`);
    return facts;
  }
}
