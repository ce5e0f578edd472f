import { safeLines } from "@imagewright/diagnostics";
import { formatTree, planDistribution, withUndo, type PlanWithUndo } from "@imagewright/distribution-planner";
import { BaseCommand } from "../../cli/base-command.js";
import { Args, Flags } from "../../cli/oclif.js";
import { readInput } from "../../cli/read-input.js";

export default class DistributionPlan extends BaseCommand {
  static override summary = "Show what distributing a finished image would do, in which order, and how to undo it.";
  static override description =
    "SETTINGS are distribution settings in the form of the API or in a CloudFormation template. BUILD describes the finished image; the README of @imagewright/distribution-planner lists its members. Nothing is changed, and every conflict that can be predicted is reported.";
  static override examples = [
    "<%= config.bin %> distribution plan settings.json build.json",
    "<%= config.bin %> distribution plan settings.json build.json --undo --json",
  ];
  static override args = {
    settings: Args.string({
      description: "distribution settings: YAML, JSON or a CloudFormation template; - is standard input",
      required: true,
    }),
    build: Args.string({ description: "the finished image: YAML or JSON; - is standard input", required: true }),
  };
  static override flags = { undo: Flags.boolean({ summary: "show how each operation is undone" }) };

  async run(): Promise<PlanWithUndo> {
    const { args, flags } = await this.parse(DistributionPlan);
    const { plan, diagnostics } = planDistribution(await readInput(args.settings), await readInput(args.build));
    this.report(diagnostics);
    if (plan === undefined) throw new Error("settings without faults could not be planned");
    this.print(safeLines(formatTree(plan, { undo: flags.undo }), ""));
    return withUndo(plan);
  }
}
