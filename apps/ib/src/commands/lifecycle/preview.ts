import { safe, safeLines } from "@imagewright/diagnostics";
import {
  LifecyclePlan,
  previewPlan,
  previewRuns,
  PREVIEW_COLUMNS,
  readImages,
  readPolicy,
  simulate,
  type Preview,
  type PreviewRow,
} from "@imagewright/lifecycle-rules";
import { BaseCommand } from "../../cli/base-command.js";
import { Args, Flags } from "../../cli/oclif.js";
import { readInput } from "../../cli/read-input.js";
import { readTime } from "../../cli/read-time.js";
import { renderTable } from "../../render/table.js";

const MOST = 1_000_000;

interface PreviewResult {
  readonly rows: readonly PreviewRow[];
  readonly summary: string;
}

export default class LifecyclePreview extends BaseCommand {
  static override summary = "Show what a lifecycle policy would do with images at a date, and why.";
  static override description =
    "POLICY is a lifecycle policy in the form of the API or in a CloudFormation template, IMAGES a list of images in the form of the API; the README of @imagewright/lifecycle-rules describes both. Nothing is changed.";
  static override examples = [
    "<%= config.bin %> lifecycle preview policy.json images.json --at 2027-01-01",
    "<%= config.bin %> lifecycle preview policy.json images.json --keep-newest 2 --actions-only",
    "<%= config.bin %> lifecycle preview policy.json images.json --at 2026-12-01 --until 2027-12-01 --every 30",
  ];
  static override args = {
    policy: Args.string({
      description: "a lifecycle policy: YAML, JSON or a CloudFormation template; - is standard input",
      required: true,
    }),
    images: Args.string({ description: "images: YAML or JSON; - is standard input", required: true }),
  };
  static override flags = {
    at: Flags.string({ summary: "the date of the preview (default: now)", helpValue: "TIME" }),
    "keep-newest": Flags.integer({
      summary: "keep this number of the newest images of each recipe, in all versions",
      default: 0,
      min: 0,
      max: MOST,
    }),
    "count-among": Flags.option({
      options: ["recipe-version", "recipe"] as const,
      summary: "whether the policy's counts apply to each recipe version or to all versions of a recipe",
      default: "recipe-version" as const,
    })(),
    "actions-only": Flags.boolean({ summary: "do not list images that are kept" }),
    until: Flags.string({ summary: "simulate: run the policy repeatedly up to this date", helpValue: "TIME" }),
    every: Flags.integer({ summary: "simulate: days between two runs (default: 1)", min: 1, max: MOST, dependsOn: ["until"] }),
  };

  async run(): Promise<PreviewResult> {
    const { args, flags } = await this.parse(LifecyclePreview);
    const [policyReading, imagesReading] = [readPolicy(await readInput(args.policy)), readImages(await readInput(args.images))];
    this.report([...policyReading.diagnostics, ...imagesReading.diagnostics]);
    const [{ policy }, { images }] = [policyReading, imagesReading];
    if (policy === undefined || images === undefined) throw new Error("input without faults could not be read");
    const at = flags.at === undefined ? new Date() : readTime("at", flags.at);
    const options = { keepNewest: flags["keep-newest"], countAmong: flags["count-among"] };
    if (flags.until !== undefined) {
      const simulation = simulate(policy, images, {
        ...options,
        from: at,
        to: readTime("until", flags.until),
        every: { value: flags.every ?? 1, unit: "DAYS" },
      });
      return this.#show(previewRuns(simulation), [["date", "DATE"], ...PREVIEW_COLUMNS]);
    }
    return this.#show(
      previewPlan(new LifecyclePlan(policy, images, { ...options, at }), { kept: !flags["actions-only"] }),
      PREVIEW_COLUMNS,
    );
  }

  #show<Row extends PreviewRow>(
    { rows, summary: numbers, notes }: Preview<Row>,
    columns: readonly (readonly [keyof Row, string])[],
  ): PreviewResult {
    const summary = [numbers, ...notes].join("\n");
    if (rows.length > 0)
      this.print(
        renderTable(
          columns.map(([, title]) => title),
          rows.map((row) => columns.map(([key]) => String(row[key]))),
        ),
      );
    this.say(safe`${safeLines(summary, "")}\n`);
    return { rows, summary };
  }
}
