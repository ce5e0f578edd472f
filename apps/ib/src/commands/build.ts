import { standardRegistry as registry } from "@imagewright/action-modules";
import { ENGINES } from "@imagewright/build-hosts";
import { agentExecutable } from "@imagewright/agent";
import { renderFailedStep } from "@imagewright/component-runner";
import {
  buildImage,
  ImageStore,
  planBuild,
  type BuildOutcome,
  type BuildPlan,
  type BuildRequest,
  type FailedBuild,
  type ImageManifest,
} from "@imagewright/image-build";
import { BaseCommand } from "../cli/base-command.js";
import { awsFlags, dataFlags, readConfiguration } from "../cli/configuration.js";
import { documentLoader } from "../cli/document-loader.js";
import { Args, Flags } from "../cli/oclif.js";
import { openBuildHost } from "../cli/open-build-host.js";
import { describeImage } from "../render/image.js";
import { createPalette } from "../render/palette.js";
import { Progress } from "../render/progress.js";
import { repeatCommand } from "../render/repeat-command.js";

export default class Build extends BaseCommand {
  static override summary = "Build and test an image from a recipe.";
  static override examples = ["<%= config.bin %> build recipe.yaml", "<%= config.bin %> build recipe.yaml --pull --json"];
  static override args = { recipe: Args.string({ description: "the recipe: YAML, JSON or a CloudFormation template", required: true }) };
  static override flags = {
    pull: Flags.boolean({ summary: "make or pull the parent image again even if it exists" }),
    engine: Flags.string({ summary: "the container engine to use", options: [...ENGINES] }),
    ...dataFlags,
    ...awsFlags,
  };

  async run(): Promise<ImageManifest | FailedBuild | undefined> {
    const { args, flags } = await this.parse(Build);
    const signal = this.cancelSignal();
    const configuration = await readConfiguration(flags, (found) => this.report(found));
    const { plan, diagnostics } = await planBuild(args.recipe, registry, documentLoader(configuration));
    this.report(diagnostics);
    if (plan === undefined) return undefined;
    const { host, reason } = await openBuildHost(flags.engine, configuration, (text) => this.say(text));
    this.say(`${plan.recipe.name} ${plan.recipe.semanticVersion}, with ${host.name} (${reason})\n`);
    const outcome = await this.#build(plan, { pull: flags.pull, host, signal, store: new ImageStore(configuration.dataFolder.value) });
    if (outcome.status === "failed") {
      process.exitCode = 1;
      this.#showFailure(outcome, repeatCommand(plan, outcome, flags.engine));
      return outcome;
    }
    this.say(describeImage(outcome.manifest, createPalette(this.color)));
    return outcome.manifest;
  }

  async #build(plan: BuildPlan, given: Pick<BuildRequest, "pull" | "host" | "signal" | "store">): Promise<BuildOutcome> {
    const progress = new Progress(process.stderr, new Map(plan.components.map(({ path, name }) => [path, name])), this.color);
    try {
      return await buildImage({ ...given, plan, agent: agentExecutable(), onEvent: (event) => progress.take(event) });
    } finally {
      progress.close();
    }
  }

  #showFailure({ failedSteps, logFolder }: FailedBuild, repeat: string | undefined): void {
    this.say(`\n${failedSteps.map((step) => renderFailedStep(step, { color: this.color })).join("\n")}`);
    if (repeat !== undefined) this.say(`  try: ${repeat}\n`);
    this.say(`  logs: ${logFolder}\nno image was made, and no build number was used\n`);
  }
}
