import { safe, safeLines } from "@imagewright/diagnostics";
import { stepActionContracts as registry } from "@imagewright/step-actions";
import { SIMULATED_OUTCOMES, simulateWorkflow, type WorkflowExecution } from "@imagewright/workflow-engine";
import { BaseCommand } from "../../cli/base-command.js";
import { Args, Flags } from "../../cli/oclif.js";
import { renderTable } from "../../render/table.js";
import { checkWorkflowFile } from "../../workflow/check-workflow-file.js";
import { readWorkflowFile } from "../../workflow/read-workflow-file.js";
import { readOutcomes, readVariables, readWorkflowParameters } from "../../workflow/simulation-flags.js";
import { typeOfWord, WORKFLOW_TYPES } from "../../workflow/workflow-types.js";

export default class WorkflowSimulate extends BaseCommand {
  static override summary = "Show what a workflow would run, skip and roll back, with chosen outcomes of its steps.";
  static override description =
    "Nothing is run. A step whose outcome is not chosen succeeds, or is skipped if its condition does not hold. Parameters without a value have samples, and the system variables are those of a Linux AMI unless --variable says otherwise; - is standard input.";
  static override examples = [
    "<%= config.bin %> workflow simulate workflow.yaml",
    "<%= config.bin %> workflow simulate workflow.yaml --outcome ApplyBuildComponents=fail",
    "<%= config.bin %> workflow simulate workflow.yaml --variable platform=Windows",
  ];
  static override args = {
    file: Args.string({ description: "a workflow document: YAML, JSON, or a file that contains one", required: true }),
  };
  static override flags = {
    outcome: Flags.string({
      summary: `how a step ends: ${SIMULATED_OUTCOMES.join(", ")}`,
      helpValue: "STEP=OUTCOME",
      multiple: true,
      multipleNonGreedy: true,
    }),
    parameter: Flags.string({
      summary: "the value of a parameter",
      helpValue: "NAME=VALUE",
      multiple: true,
      multipleNonGreedy: true,
    }),
    variable: Flags.string({
      summary: "the value of a system variable, such as imageType=DOCKER",
      helpValue: "NAME=VALUE",
      multiple: true,
      multipleNonGreedy: true,
    }),
    type: Flags.option({ options: WORKFLOW_TYPES, summary: "the type of workflow that the document is for" })(),
  };

  async run(): Promise<WorkflowExecution> {
    const { args, flags } = await this.parse(WorkflowSimulate);
    const { workflows, diagnostics } = checkWorkflowFile(await readWorkflowFile(args.file), "one", typeOfWord(flags.type));
    this.report(diagnostics);
    const [workflow] = workflows;
    if (workflow === undefined) throw new Error("a workflow without faults could not be read");
    const execution = await simulateWorkflow({
      ...{ workflow, registry, outcomes: readOutcomes(flags.outcome ?? [], workflow), variables: readVariables(flags.variable ?? []) },
      parameters: readWorkflowParameters(flags.parameter ?? [], workflow),
    });
    const rows = execution.steps.map(({ name, action, status, rollbackStatus = "", message = "" }) => [
      ...[name, action, status, rollbackStatus, message],
    ]);
    this.print(renderTable(["STEP", "ACTION", "STATUS", "ROLLBACK", "MESSAGE"], rows));
    const end = execution.message === undefined ? execution.status : `${execution.status}: ${execution.message}`;
    this.say(safe`${safeLines(end, "")}\n`);
    return execution;
  }
}
