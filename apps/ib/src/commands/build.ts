import { standardRegistry as registry } from "@imagewright/action-modules";
import { ENGINES } from "@imagewright/build-hosts";
import type { Configuration } from "@imagewright/configuration";
import { safe } from "@imagewright/diagnostics";
import { durabilityError } from "@imagewright/durability";
import { checkPlanOnHost, holdBuild, listBuilds, loadBuild, planBuild, startBuild, type HeldBuild } from "@imagewright/image-build";
import type { BuildFolders, FailedBuild, ImageManifest } from "@imagewright/image-build";
import { buildToTheEnd } from "../build/build-to-the-end.js";
import { hostTestRunner } from "../build/host-tests.js";
import { listedBuild, listedMachine, renderBuilds, type ListedBuild } from "../build/listed-build.js";
import { WaitingStages } from "../build/waiting-stages.js";
import { untilAborted } from "@imagewright/node-host";
import { BaseCommand } from "../cli/base-command.js";
import { awsFlags, dataFlags, networkFlags, readConfigurationToWrite } from "../cli/configuration.js";
import { documentLoader, workflowLoader } from "../cli/document-loader.js";
import { Args, Flags } from "../cli/oclif.js";
import { buildFolders, listKeptOf, openBuildHost } from "../cli/open-build-host.js";
import { STANDARD_INPUT } from "../cli/standard-input.js";
import { wrongUsage } from "../cli/wrong-usage.js";
import { asTyped } from "../sudo/as-typed.js";
import { Recipient } from "../sudo/recipient.js";

interface StartFlags {
  readonly engine?: string | undefined;
  readonly pull: boolean;
  readonly "keep-on-failure": boolean;
  readonly "allow-host-tests": boolean;
}

type Opened = Awaited<ReturnType<typeof openBuildHost>>;

export default class Build extends BaseCommand {
  static override summary = "Build and test an image from a recipe, or go on with a build that was interrupted.";
  static override description =
    "A build that was interrupted, as by a crash, keeps its container for 24 hours: --resume goes on with it, and `ib build discard` removes it. --resume without an id lists the builds that have not ended.";
  static override examples = [
    "<%= config.bin %> build recipe.yaml",
    "<%= config.bin %> build recipe.yaml --pull --json",
    "<%= config.bin %> build --resume",
    "<%= config.bin %> build --resume b-20261128-4f3a9c",
  ];
  static override args = {
    recipe: Args.string({ description: "the recipe: YAML, JSON or a CloudFormation template; with --resume the id of a build" }),
  };
  static override flags = {
    resume: Flags.boolean({
      summary: "go on with a build, or list those that have not ended",
      exclusive: ["pull", "engine", "keep-on-failure", "allow-host-tests"],
    }),
    pull: Flags.boolean({ summary: "make or pull the parent image again even if it exists" }),
    "show-output": Flags.boolean({ summary: "show what the steps print while they run, each line behind the name of its step" }),
    "allow-host-tests": Flags.boolean({
      summary: "run the phase container-host-test of components on this computer, with your rights",
    }),
    "keep-on-failure": Flags.boolean({ summary: "keep the container in which a step fails, and say how to get into it" }),
    engine: Flags.string({ summary: "the container engine to use", options: [...ENGINES] }),
    ...dataFlags,
    ...awsFlags,
    ...networkFlags,
  };

  /** The build that this process works on. */
  #build: string | undefined;
  readonly #waiting = new WaitingStages();

  async run(): Promise<ImageManifest | FailedBuild | readonly ListedBuild[] | undefined> {
    const { args, flags } = await this.parse(Build);
    if (args.recipe === undefined && !flags.resume) throw wrongUsage("give a recipe, or --resume with the id of a build");
    if (args.recipe === STANDARD_INPUT) throw wrongUsage("a recipe is read from a file, since the files that it names are beside it");
    const configuration = await readConfigurationToWrite(flags, (found) => this.report(found));
    const folders = buildFolders(configuration);
    if (args.recipe === undefined) return this.#list(configuration, folders);
    const recipient = await Recipient.find(process.env, this.say);
    const signal = this.cancelSignal();
    const { held, opened } = flags.resume
      ? await this.#resume(args.recipe, folders, configuration, signal)
      : await this.#start(args.recipe, folders, configuration, flags, signal);
    this.#build = held.id;
    return buildToTheEnd(held, {
      ...{ host: opened.host, byHand: opened.byHand, engine: flags.engine, dataFolder: configuration.dataFolder.value, signal },
      runHostTests: hostTestRunner(configuration),
      onEvent: (event) => this.#waiting.take(event),
      ...{ recipient, color: this.color, showOutput: flags["show-output"], say: this.say },
    });
  }

  /** What waits for people for days must not be lost because a terminal is closed or the computer restarts. */
  protected override reasonToEnd(): Error {
    if (!this.#waiting.isWaiting) return super.reasonToEnd();
    return durabilityError("interrupted", { reason: "a step waits for an answer" });
  }

  protected override whatEnds(): string {
    return this.#waiting.isWaiting ? "a step waits for an answer, so the build is kept" : super.whatEnds();
  }

  protected override whatIsLeft(): string {
    const id = this.#build;
    if (id === undefined) return super.whatIsLeft();
    return `build ${id} stays as it is: ${asTyped(`ib build --resume ${id}`)}, or ${asTyped(`ib build discard ${id}`)}`;
  }

  async #list(configuration: Configuration, folders: BuildFolders): Promise<readonly ListedBuild[]> {
    const builds = [...(await listBuilds(folders)).map(listedBuild), ...(await listKeptOf(configuration)).map(listedMachine)];
    this.print(renderBuilds(builds));
    return builds;
  }

  async #start(
    recipe: string,
    folders: BuildFolders,
    configuration: Configuration,
    { engine, pull, "keep-on-failure": keepOnFailure, "allow-host-tests": allowHostTests }: StartFlags,
    signal: AbortSignal,
  ): Promise<{ held: HeldBuild; opened: Opened }> {
    const loaders = [documentLoader(configuration), workflowLoader(configuration)] as const;
    const { plan, diagnostics } = await untilAborted(signal, planBuild(recipe, registry, ...loaders));
    this.report(diagnostics);
    if (plan === undefined) throw new Error("a recipe without errors has no plan");
    const opened = await untilAborted(signal, openBuildHost(engine, configuration, this.say));
    this.report(checkPlanOnHost(plan, { host: opened.host.name, hasTestMachines: false, allowHostTests }));
    const held = await startBuild(folders, plan, {
      ...{ host: opened.host.name, pull, numbering: "at-end", keepOnFailure, allowHostTests },
      privateAddresses: configuration.privateAddresses.value,
    });
    this.say(safe`${plan.recipe.name} ${plan.recipe.semanticVersion}, with ${opened.host.name} (${opened.reason})\nbuild ${held.id}\n`);
    return { held, opened };
  }

  async #resume(
    id: string,
    folders: BuildFolders,
    configuration: Configuration,
    signal: AbortSignal,
  ): Promise<{ held: HeldBuild; opened: Opened }> {
    const held = await loadBuild(await holdBuild(folders, id));
    const { plan, settings } = held.stored;
    const opened = await untilAborted(signal, openBuildHost(settings.host, configuration, this.say));
    this.say(safe`${plan.recipe.name} ${plan.recipe.semanticVersion}, with ${opened.host.name}\nbuild ${id} goes on\n`);
    return { held, opened };
  }
}
