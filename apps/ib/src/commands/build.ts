import { Args, Flags } from "@oclif/core";
import { ENGINES } from "@imagewright/build-hosts";
import { agentExecutable } from "@imagewright/agent";
import { buildImage, planBuild, type BuildPlan, type BuildRequest, type ImageManifest } from "@imagewright/image-build";
import { BaseCommand } from "../cli/base-command.js";
import { openBuildHost } from "../cli/open-build-host.js";
import { imageStore } from "../cli/surroundings.js";
import { standardRegistry as registry } from "@imagewright/action-modules-linux";
import { describeImage } from "../render/image.js";
import { renderFailedStep } from "../render/failure.js";
import { createPalette } from "../render/palette.js";
import { Progress } from "../render/progress.js";

export default class Build extends BaseCommand {
  static override summary = "Build and test an image from a recipe.";
  static override examples = ["<%= config.bin %> build recipe.yaml", "<%= config.bin %> build recipe.yaml --pull --json"];
  static override args = { recipe: Args.string({ description: "the recipe (YAML or JSON)", required: true }) };
  static override flags = {
    pull: Flags.boolean({ summary: "make or pull the parent image anew although it is there" }),
    engine: Flags.string({ summary: "the container engine to use", options: [...ENGINES] }),
  };

  async run(): Promise<ImageManifest | undefined> {
    const { args, flags } = await this.parse(Build);
    const signal = this.cancelSignal();
    const { plan, diagnostics } = await planBuild(args.recipe, registry);
    this.report(diagnostics);
    if (plan === undefined) return undefined;
    const { host, reason } = await openBuildHost(flags.engine, (text) => this.say(text));
    this.say(`${plan.recipe.name} ${plan.recipe.semanticVersion}, with ${host.name} (${reason})\n`);
    return this.#build(plan, { pull: flags.pull, host, signal });
  }

  async #build(plan: BuildPlan, given: Pick<BuildRequest, "pull" | "host" | "signal">): Promise<ImageManifest | undefined> {
    const progress = new Progress(process.stderr, new Map(plan.components.map(({ path, name }) => [path, name])), this.color);
    try {
      const outcome = await buildImage({ ...given, plan, agent: agentExecutable(), store: imageStore(), onEvent: (event) => progress.take(event) });
      progress.close();
      if (outcome.status === "succeeded") {
        this.say(describeImage(outcome.manifest, createPalette(this.color)));
        return outcome.manifest;
      }
      process.exitCode = 1;
      this.say(`\n${outcome.failedSteps.map((step) => renderFailedStep(step, createPalette(this.color))).join("\n")}`);
      for (const { document, phase } of outcome.failedSteps) this.say(`  try: ib component run ${document} --in ${plan.recipe.parentImage} --phases ${phase}, to repeat it alone\n`);
      this.say(`  logs: ${outcome.logFolder}\nno image was made, and no build number was used\n`);
      return undefined;
    } finally {
      progress.close();
    }
  }
}
