import type { Platform } from "@imagewright/action-contract";
import { standardRegistry as registry } from "@imagewright/action-modules";
import { ENGINES } from "@imagewright/build-hosts";
import { checkComponents, joinFaults, prepareComponents, type PrepareRequest, type RunSummary } from "@imagewright/component-runner";
import type { Configuration } from "@imagewright/configuration";
import { createStyles, listOf, safe } from "@imagewright/diagnostics";
import type { PreparedDocument } from "@imagewright/document-engine";
import { gatherNestedDocuments } from "@imagewright/image-build";
import { untilAborted } from "@imagewright/node-host";
import { BaseCommand } from "../../cli/base-command.js";
import { awsFlags, dataFlags, networkFlags, readConfiguration } from "../../cli/configuration.js";
import { documentLoader } from "../../cli/document-loader.js";
import { Args, Flags } from "../../cli/oclif.js";
import { readPairs } from "../../cli/pairs.js";
import { orStandardInput } from "../../cli/standard-input.js";
import { terminal } from "../../cli/terminal.js";
import { planJson, type PlanJson } from "../../render/plan-json.js";
import { renderPlan } from "../../render/plan.js";
import { planHere } from "../../run/plan-here.js";
import { logPlace } from "../../run/log-place.js";
import { thisPlatform } from "../../run/run-context.js";
import { runHere } from "../../run/run-here.js";
import type { CommandRun } from "../../run/run-request.js";
import { runInContainer, type MachineFlags } from "../../run/run-in-container.js";

export default class ComponentRun extends BaseCommand {
  static override summary = "Run component documents on this machine, or in a temporary container.";
  static override description =
    "Without --in, the steps change this machine; --plan predicts the changes. With --in, they run in a container from the image, which is removed afterwards; only the logs are kept.";
  static override examples = [
    "<%= config.bin %> component run hello.yaml",
    "<%= config.bin %> component run hello.yaml --plan",
    "<%= config.bin %> component run web.yaml --in mmdebstrap:bookworm --phases build,validate",
    "<%= config.bin %> component run web.yaml --in localhost/web-server:1.0.0-1 --phases test --parameter Greeting=hello",
  ];
  static override args = {
    document: Args.string({
      description: "component documents: YAML, JSON, or a file that contains one, such as a CloudFormation template; - is standard input",
      required: true,
      multiple: true,
    }),
  };
  static override flags = {
    in: Flags.string({ summary: "run in a temporary container from this image", helpValue: "IMAGE" }),
    plan: Flags.boolean({ summary: "predict what each step would change on this machine, without changing it", exclusive: ["in"] }),
    phases: Flags.string({
      summary: "the phases to run (default: all, in the order of the document)",
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ",",
      helpValue: "LIST",
    }),
    parameter: Flags.string({ summary: "the value of a parameter", multiple: true, multipleNonGreedy: true, helpValue: "NAME=VALUE" }),
    "log-directory": Flags.string({ summary: "folder in which the log folder is created (default: the data folder)", helpValue: "FOLDER" }),
    "show-output": Flags.boolean({
      summary: "show what the steps print while they run, each line behind the name of its step",
      exclusive: ["plan"],
    }),
    "keep-on-failure": Flags.boolean({
      summary: "keep the container in which a step fails, and say how to get into it",
      dependsOn: ["in"],
    }),
    engine: Flags.string({ summary: "the container engine to use with --in", options: [...ENGINES], dependsOn: ["in"] }),
    ...dataFlags,
    ...awsFlags,
    ...networkFlags,
  };

  async run(): Promise<RunSummary | PlanJson> {
    const { args, flags } = await this.parse(ComponentRun);
    const signal = this.cancelSignal();
    const configuration = await untilAborted(
      signal,
      readConfiguration(flags, (found) => this.report(found)),
    );
    const preparing = this.#prepare(args.document, {
      parameters: readPairs("--parameter", flags.parameter ?? []),
      phases: flags.phases,
      configuration,
      platform: flags.in === undefined ? thisPlatform() : "linux",
    });
    const documents = await untilAborted(signal, preparing);
    if (flags.plan) return this.#plan(documents, flags.phases, configuration, signal);
    const common = {
      documents,
      phases: flags.phases,
      logs: await logPlace(flags["log-directory"], configuration, this.say),
      configuration,
      signal,
      color: this.color,
      showOutput: flags["show-output"],
      say: this.say,
    };
    const summary =
      flags.in === undefined
        ? await runHere(common)
        : await this.#runIn({ image: flags.in, engine: flags.engine, keepOnFailure: flags["keep-on-failure"] }, common);
    if (summary.status === "failed") process.exitCode = 1;
    return summary;
  }

  async #runIn(machine: MachineFlags, request: CommandRun): Promise<RunSummary> {
    const { nested, diagnostics } = await gatherNestedDocuments(
      request.documents.map(({ document }) => document),
      ".",
    );
    this.report(diagnostics);
    return runInContainer({ ...request, ...machine, nestedDocuments: nested });
  }

  async #plan(
    documents: readonly PreparedDocument[],
    phases: readonly string[] | undefined,
    configuration: Configuration,
    signal: AbortSignal,
  ): Promise<PlanJson> {
    const plan = await planHere(documents, phases, configuration, signal);
    this.print(renderPlan(plan, createStyles(terminal.outColor), terminal.outColumns));
    if (plan.status === "failed") process.exitCode = 1;
    return planJson(plan);
  }

  async #prepare(
    locations: readonly string[],
    {
      parameters,
      phases,
      platform,
      configuration,
    }: Pick<PrepareRequest, "parameters" | "phases"> & { readonly platform: Platform; readonly configuration: Configuration },
  ): Promise<readonly PreparedDocument[]> {
    const checked = await checkComponents({
      locations,
      registry,
      platforms: [platform],
      load: orStandardInput(documentLoader(configuration)),
      take: "one",
    });
    const howToGive = (name: string) => `give it with --parameter ${name}=VALUE`;
    const { prepared, diagnostics, unused, unknownPhases } = prepareComponents(checked.documents, {
      parametersOf: () => new Map(),
      parameters,
      phases,
      howToGive,
    });
    this.report(joinFaults(checked.diagnostics, diagnostics));
    for (const problem of unknownPhases) this.say(safe`warning: ${problem}\n`);
    if (unused.length > 0) this.say(safe`warning: no document has the parameter ${listOf(unused, "and")}; ignored\n`);
    return prepared;
  }
}
