import { count, safe, toJson, type JsonDiagnostic } from "@imagewright/diagnostics";
import { BaseCommand } from "../../cli/base-command.js";
import { Args, Flags } from "../../cli/oclif.js";
import { checkWorkflowFile } from "../../workflow/check-workflow-file.js";
import { readWorkflowFile } from "../../workflow/read-workflow-file.js";
import { typeOfWord, WORKFLOW_TYPES } from "../../workflow/workflow-types.js";

interface WorkflowsValid {
  readonly documents: readonly { readonly name: string; readonly type: string }[];
  readonly diagnostics: readonly JsonDiagnostic[];
}

export default class WorkflowValidate extends BaseCommand {
  static override summary = "Report every fault of workflow documents, without running them.";
  static override description =
    "Documents in CloudFormation templates, Terraform plans (terraform show -json) and JSON of the API are checked too. A document is checked for the type of its resource, or for the one that its actions suggest; - is standard input.";
  static override examples = [
    "<%= config.bin %> workflow validate workflow.yaml",
    "<%= config.bin %> workflow validate workflow.yaml --type build --json",
  ];
  static override args = {
    file: Args.string({ description: "workflow documents: YAML, JSON, or files that contain them", required: true, multiple: true }),
  };
  static override flags = {
    type: Flags.option({ options: WORKFLOW_TYPES, summary: "the type of workflow that the documents are for" })(),
  };

  async run(): Promise<WorkflowsValid> {
    const { args, flags } = await this.parse(WorkflowValidate);
    const sources = await Promise.all(args.file.map(readWorkflowFile));
    const checked = sources.map((source) => checkWorkflowFile(source, "all", typeOfWord(flags.type)));
    const diagnostics = checked.flatMap((file) => file.diagnostics);
    this.report(diagnostics);
    const workflows = checked.flatMap((file) => file.workflows);
    for (const { source, types } of workflows) {
      const kind = types.length === WORKFLOW_TYPES.length ? "a workflow of any type" : `a ${types.join(" or ")} workflow`;
      this.say(safe`${source.name}: ${kind}\n`);
    }
    const documents = workflows.map(({ source, type }) => ({ name: source.name, type }));
    this.say(safe`${count(documents.length, "document")} valid\n`);
    return { documents, diagnostics: toJson(diagnostics) };
  }
}
