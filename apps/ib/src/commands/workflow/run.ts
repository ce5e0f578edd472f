import { standardRegistry } from "@imagewright/action-modules";
import { ENGINES } from "@imagewright/build-hosts";
import type { Configuration } from "@imagewright/configuration";
import { hasErrors, quote, safe, safeLines } from "@imagewright/diagnostics";
import { planBuild, type BuildPlan } from "@imagewright/image-build";
import { untilAborted } from "@imagewright/node-host";
import { checkCommands, checkHost, HOST_TEST_PHASE, stepActionContracts as registry } from "@imagewright/step-actions";
import {
  bindWorkflowParameters,
  checkGivenParameters,
  checkWorkflowUses,
  type CheckedWorkflow,
  type WorkflowExecution,
} from "@imagewright/workflow-engine";
import { BaseCommand } from "../../cli/base-command.js";
import { awsFlags, dataFlags, networkFlags, readConfigurationToWrite } from "../../cli/configuration.js";
import { documentLoader, workflowLoader } from "../../cli/document-loader.js";
import { Args, Flags } from "../../cli/oclif.js";
import { openBuildHost } from "../../cli/open-build-host.js";
import { STANDARD_INPUT } from "../../cli/standard-input.js";
import { wrongUsage } from "../../cli/wrong-usage.js";
import { logPlace } from "../../run/log-place.js";
import { checkWorkflowFile } from "../../workflow/check-workflow-file.js";
import { readWorkflowFile } from "../../workflow/read-workflow-file.js";
import { runOnHost } from "../../workflow/run-on-host.js";
import { readWorkflowParameters } from "../../workflow/simulation-flags.js";
import { typeOfWord, WORKFLOW_TYPES } from "../../workflow/workflow-types.js";

type Parameters = ReadonlyMap<string, readonly string[]>;

export default class WorkflowRun extends BaseCommand {
  static override summary = "Run one workflow document with the components of a recipe, in containers that are removed afterwards.";
  static override description =
    "Build workflows launch their instances from the recipe's parent image, test workflows from the image that --image names. What CreateImage makes is removed as well: only the logs of the components are kept. WaitForAction waits for ib workflow resume or ib workflow stop.";
  static override examples = [
    "<%= config.bin %> workflow run workflow.yaml --recipe recipe.yaml",
    "<%= config.bin %> workflow run workflow.yaml --recipe recipe.yaml --type test --image localhost/web-server:1.0.0-1",
  ];
  static override args = {
    file: Args.string({ description: "a workflow document: YAML, JSON, or a file that contains one", required: true }),
  };
  static override flags = {
    recipe: Flags.string({ summary: "the recipe whose components are run", helpValue: "FILE", required: true }),
    image: Flags.string({
      summary: "the image from which instances are launched (default: the recipe's parent image)",
      helpValue: "IMAGE",
    }),
    type: Flags.option({ options: WORKFLOW_TYPES, summary: "the type of workflow that the document is for" })(),
    parameter: Flags.string({
      summary: "the value of a parameter",
      helpValue: "NAME=VALUE",
      multiple: true,
      multipleNonGreedy: true,
    }),
    "log-directory": Flags.string({ summary: "folder in which the log folder is created (default: the data folder)", helpValue: "FOLDER" }),
    engine: Flags.string({ summary: "the container engine to use", options: [...ENGINES] }),
    ...dataFlags,
    ...awsFlags,
    ...networkFlags,
  };

  async run(): Promise<WorkflowExecution> {
    const { args, flags } = await this.parse(WorkflowRun);
    if (flags.recipe === STANDARD_INPUT) throw wrongUsage("a recipe is read from a file, since the files that it names are beside it");
    const signal = this.cancelSignal();
    const configuration = await readConfigurationToWrite(flags, (found) => this.report(found));
    const workflow = await this.#workflow(args.file, flags.type);
    const parameters = readWorkflowParameters(flags.parameter ?? [], workflow);
    this.#check(workflow, parameters);
    const plan = await untilAborted(signal, this.#plan(flags.recipe, configuration));
    if (workflow.type === "TEST" && flags.image === undefined) throw wrongUsage("a test workflow needs --image, the image that it tests");
    this.report(checkCommands(workflow, new Map(Object.entries(plan.commandDocuments ?? {}))));
    this.#tellHostTests(workflow, plan);
    const { host, reason } = await untilAborted(signal, openBuildHost(flags.engine, configuration, this.say));
    this.say(safe`${workflow.name ?? workflow.source.name}, a ${workflow.type} workflow, with ${host.name} (${reason})\n`);
    const execution = await runOnHost({
      ...{ workflow, parameters, plan, host, configuration, signal, say: this.say },
      image: flags.image ?? plan.recipe.parentImage,
      logs: await logPlace(flags["log-directory"], configuration, this.say),
    });
    const end = execution.message === undefined ? execution.status : `${execution.status}: ${execution.message}`;
    this.say(safe`${safeLines(end, "")}\n`);
    if (execution.status !== "COMPLETED") process.exitCode = 1;
    return execution;
  }

  /** They run outside of the containers that this command makes. */
  #tellHostTests({ type, steps }: CheckedWorkflow, { components }: BuildPlan): void {
    if (type !== "TEST" || !steps.some(({ action }) => action.text === "ExecuteComponents")) return;
    for (const { path, phases } of components)
      if (phases.some(({ name }) => name === HOST_TEST_PHASE))
        this.say(safe`phase ${quote(HOST_TEST_PHASE)} of ${path} is left out: ib build --allow-host-tests runs it\n`);
  }

  async #workflow(file: string, type: string | undefined): Promise<CheckedWorkflow> {
    const { workflows, diagnostics } = checkWorkflowFile(await readWorkflowFile(file), "one", typeOfWord(type));
    this.report(diagnostics);
    const [workflow] = workflows;
    if (workflow === undefined) throw new Error("a workflow without faults could not be read");
    return workflow;
  }

  /** What is known only with the values of this run, and on this host. */
  #check(workflow: CheckedWorkflow, parameters: Parameters): void {
    const found = [...checkWorkflowUses([{ workflow, parameters }]), ...checkHost(workflow)];
    const { values } = bindWorkflowParameters(workflow, parameters);
    this.report(hasErrors(found) ? found : checkGivenParameters(workflow, registry, values));
  }

  async #plan(recipe: string, configuration: Configuration): Promise<BuildPlan> {
    const loaders = [documentLoader(configuration), workflowLoader(configuration)] as const;
    const { plan, diagnostics } = await planBuild(recipe, standardRegistry, ...loaders);
    this.report(diagnostics);
    if (plan === undefined) throw new Error("a recipe without errors has no plan");
    return plan;
  }
}
