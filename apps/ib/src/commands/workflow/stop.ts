import { BaseCommand } from "../../cli/base-command.js";
import { dataFlags, readConfiguration } from "../../cli/configuration.js";
import { Args, Flags } from "../../cli/oclif.js";
import { answerStep, renderWaits, waitingSteps, type ListedWait } from "../../workflow/answer-step.js";

export default class WorkflowStop extends BaseCommand {
  static override summary = "Let a step that waits for an answer fail.";
  static override examples = ["<%= config.bin %> workflow stop Approve --reason 'seen by Ada'"];
  static override args = {
    step: Args.string({ description: "the name of the step, or its id; without it, the steps that wait are listed" }),
  };
  static override flags = {
    reason: Flags.string({ summary: "the reason, with which the step fails", helpValue: "TEXT" }),
    ...dataFlags,
  };

  async run(): Promise<ListedWait | readonly ListedWait[]> {
    const { args, flags } = await this.parse(WorkflowStop);
    const configuration = await readConfiguration(flags, (found) => this.report(found));
    if (args.step === undefined) {
      const waits = await waitingSteps(configuration);
      this.print(renderWaits(waits));
      return waits;
    }
    return answerStep(configuration, args.step, { action: "STOP", reason: flags.reason }, this.say);
  }
}
