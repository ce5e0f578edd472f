import { safeLines } from "@imagewright/diagnostics";
import { BaseCommand } from "../../cli/base-command.js";
import { Flags } from "../../cli/oclif.js";
import { WORKFLOW_TEMPLATES } from "../../workflow/workflow-templates.js";
import { WORKFLOW_TYPES } from "../../workflow/workflow-types.js";

export default class WorkflowNew extends BaseCommand {
  static override summary = "Print a workflow document to start from.";
  static override examples = ["<%= config.bin %> workflow new", "<%= config.bin %> workflow new --type test"];
  static override flags = {
    type: Flags.option({ options: WORKFLOW_TYPES, summary: "the type of workflow", default: "build" as const })(),
  };

  async run(): Promise<{ readonly document: string }> {
    const { flags } = await this.parse(WorkflowNew);
    const document = WORKFLOW_TEMPLATES[flags.type];
    this.print(safeLines(document.trimEnd(), ""));
    return { document };
  }
}
