import { formatTree, planDistribution, toJson, type JsonPlan } from "@imagewright/distribution-planner";
import { BaseCommand } from "../../cli/base-command.js";
import { Args, Flags } from "../../cli/oclif.js";
import { readInput } from "../../cli/read-input.js";

export default class DistributionPlan extends BaseCommand {
  static override summary = "Tell what distributing a finished image would do, in which order, and how to undo it.";
  static override description =
    "SETTINGS is the JSON of CreateDistributionConfiguration, BUILD tells of the finished image; the README of @imagewright/distribution-planner describes it. Nothing is done, and every conflict that shows beforehand is reported.";
  static override examples = [
    "<%= config.bin %> distribution plan settings.json build.json",
    "<%= config.bin %> distribution plan settings.json build.json --undo --json",
  ];
  static override args = {
    settings: Args.string({ description: "distribution settings (JSON)", required: true }),
    build: Args.string({ description: "the finished image (JSON)", required: true }),
  };
  static override flags = { undo: Flags.boolean({ summary: "show what undoes each operation" }) };

  async run(): Promise<JsonPlan> {
    const { args, flags } = await this.parse(DistributionPlan);
    const { plan, diagnostics } = planDistribution(await readInput(args.settings), await readInput(args.build));
    this.report(diagnostics);
    if (plan === undefined) throw new Error("settings without faults could not be planned");
    this.log(formatTree(plan, { undo: flags.undo }).trimEnd());
    return toJson(plan);
  }
}
