import { DiagnosticCollector, safe, SourceFile } from "@imagewright/diagnostics";
import { readPattern, readVersion, selectVersion, VersionIndex, type Version } from "@imagewright/semver-resolver";
import { BaseCommand } from "../../cli/base-command.js";
import { Args, Flags } from "../../cli/oclif.js";
import { readInput } from "../../cli/read-input.js";
import { wholeSpan } from "../../cli/whole-span.js";

interface ResolveResult {
  readonly pattern: string;
  readonly chosen: string | null;
  readonly matches: number;
  readonly reason: string;
}

export default class VersionResolve extends BaseCommand {
  static override summary = "Select the newest version that matches a wildcard pattern.";
  static override description = "Prints the version; exits with 1 if none matches.";
  static override examples = [
    "<%= config.bin %> version resolve 1.x.x 1.6.8 1.7.8 2.2.4",
    "<%= config.bin %> version resolve x.x.x --from versions.txt",
  ];
  static override args = {
    pattern: Args.string({ description: "such as 1.x.x", required: true }),
    version: Args.string({ description: "versions to select from", multiple: true }),
  };
  static override flags = { from: Flags.string({ summary: "a file with one version per line; - is standard input", helpValue: "FILE" }) };

  async run(): Promise<ResolveResult> {
    const { args, flags } = await this.parse(VersionResolve);
    const found = new DiagnosticCollector();
    const pattern = readPattern(wholeSpan(new SourceFile("pattern", args.pattern)));
    found.add(pattern.diagnostics);
    const versions = [
      ...this.#given(args.version ?? [], found),
      ...(flags.from === undefined ? [] : linesOf(await readInput(flags.from), found)),
    ];
    this.report(found.diagnostics);
    const { chosen, matches, reason } = selectVersion(new VersionIndex(versions), pattern.value ?? args.pattern);
    if (chosen === undefined) process.exitCode = 1;
    else this.print(safe`${chosen.text}`);
    this.say(safe`${reason}\n`);
    return { pattern: args.pattern, chosen: chosen?.text ?? null, matches, reason };
  }

  #given(texts: readonly string[], found: DiagnosticCollector): Version[] {
    return texts.flatMap((text) => {
      const { value, diagnostics } = readVersion(wholeSpan(new SourceFile("version", text)));
      found.add(diagnostics);
      return value ?? [];
    });
  }
}

const LINE = /[^\r\n]+/g;

/** The versions of a file, one per line; empty lines are skipped. */
function linesOf(source: SourceFile, found: DiagnosticCollector): Version[] {
  return [...source.text.matchAll(LINE)].flatMap((line) => {
    if (line[0].trim() === "") return [];
    const { value, diagnostics } = readVersion({ source, start: line.index, end: line.index + line[0].length });
    found.add(diagnostics);
    return value ?? [];
  });
}
