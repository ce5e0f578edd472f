import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { resolveParentImage, type ContainerHost, type ImageInfo, type Machine } from "@imagewright/build-hosts";
import type { FailedStep } from "@imagewright/component-runner";
import { buildError } from "./errors.js";
import type { BuildEvent, Stage } from "./events.js";
import { BUILD_PHASES, TEST_PHASES, type BuildPlan, type PlannedComponent } from "./plan.js";
import { runAgent, type AgentComponent } from "./stages/agent-run.js";
import { cleanUp } from "./stages/clean-up.js";
import { PhaseRecords } from "./stages/phase-records.js";
import { StageClock } from "./stages/stage-clock.js";
import { discard, folderName, type ImageStore } from "./store/image-store.js";
import type { ImageManifest } from "./store/manifest.js";

export interface BuildRequest {
  readonly plan: BuildPlan;
  readonly host: ContainerHost;
  /** The packed agent for the platform of the container. */
  readonly agent: string;
  readonly store: ImageStore;
  /** Whether the parent image is made or pulled again even if it exists. */
  readonly pull: boolean;
  readonly signal: AbortSignal;
  readonly onEvent: (event: BuildEvent) => void;
}

export type BuildOutcome = { readonly status: "succeeded"; readonly manifest: ImageManifest } | FailedBuild;

/** A component has failed: where, and the logs. */
export interface FailedBuild {
  readonly status: "failed";
  readonly stage: Stage;
  readonly failedSteps: readonly FailedStep[];
  readonly logFolder: string;
}

/**
 * Builds an image: parent image, phases build and validate in a working container, clean-up, commit, phase test in a new container,
 * OCI layout, manifest. A failed component is part of the outcome; any other failure throws. In both cases no image and no container
 * remain.
 */
export async function buildImage(request: BuildRequest): Promise<BuildOutcome> {
  const staged = await request.store.stage();
  try {
    return await new Build(request, staged).run();
  } catch (thrown) {
    throw request.signal.aborted ? buildError("cancelled", {}, { cause: thrown }) : thrown;
  } finally {
    await discard(staged);
  }
}

class Build {
  readonly #clock: StageClock;
  readonly #records: PhaseRecords;
  readonly #logFolder: string;
  readonly #id = randomUUID();

  constructor(
    private readonly request: BuildRequest,
    private readonly staged: string,
  ) {
    this.#clock = new StageClock(request.onEvent);
    this.#records = new PhaseRecords(new Map(request.plan.components.map(({ path, name }) => [path, name])));
    const time = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
    this.#logFolder = join(request.store.root, "logs", `${time}_${folderName(request.plan.recipe.name)}_${this.#id.slice(0, 8)}`);
  }

  async run(): Promise<BuildOutcome> {
    const { host } = this.request;
    await mkdir(this.#logFolder, { recursive: true });
    const parent = await this.#parentImage();
    const committed = await this.#buildAndCommit(parent);
    if (committed === undefined) return this.#failed("build");
    try {
      const [tested, exported] = await bothEnded(this.#test(committed), this.#export(committed));
      if (!tested) return this.#failed("test");
      const manifest = await this.#keep(parent, committed, exported.digest);
      return { status: "succeeded", manifest };
    } finally {
      // a kept image has its own name by now; this one was the build's temporary name
      await host.removeImage(committed.reference);
    }
  }

  async #parentImage(): Promise<ImageInfo> {
    const { host, plan, pull, signal, onEvent } = this.request;
    const reference = plan.recipe.parentImage;
    const found = await this.#clock.run(
      "parent image",
      `parent image ${reference}`,
      () => resolveParentImage({ host, reference, pull, signal, onProgress: (text) => onEvent({ type: "notice", text }) }),
      ({ origin }) => ({ detail: `${reference} (${origin})` }),
    );
    return found.image;
  }

  /** The committed image, or undefined if a component has failed. */
  async #buildAndCommit(parent: ImageInfo): Promise<ImageInfo | undefined> {
    const { plan, signal } = this.request;
    return this.#inMachine(parent.reference, "launch", async (machine) => {
      if (!(await this.#runPhases("build", machine, plan.components, BUILD_PHASES))) return undefined;
      await this.#clock.run("clean-up", "cleaning up", () => cleanUp(machine, plan.recipe.workingDirectory, signal));
      return this.#clock.run("commit", "committing the image", () => machine.commit(this.#commitSettings()));
    });
  }

  async #test(image: ImageInfo): Promise<boolean> {
    const tested = this.request.plan.components.filter(({ document }) =>
      document.phases.some(({ name }) => TEST_PHASES.includes(name.text)),
    );
    if (tested.length === 0) {
      this.#clock.skip("test", "testing", "no component has a test phase");
      return true;
    }
    return this.#inMachine(image.reference, undefined, (machine) => this.#runPhases("test", machine, tested, TEST_PHASES));
  }

  /** Launches a machine for the body, and terminates it in any case. */
  async #inMachine<Result>(image: string, stage: Stage | undefined, body: (machine: Machine) => Promise<Result>): Promise<Result> {
    const launch = () => this.request.host.launch({ image, signal: this.request.signal });
    const machine = stage === undefined ? await launch() : await this.#clock.run(stage, "launching a working container", launch);
    try {
      return await body(machine);
    } finally {
      await machine.terminate();
    }
  }

  /** Whether all components have succeeded. */
  #runPhases(stage: Stage, machine: Machine, components: readonly PlannedComponent[], phases: readonly string[]): Promise<boolean> {
    const { agent, plan, signal, onEvent } = this.request;
    const run = async () => {
      const summary = await runAgent({
        machine,
        agent,
        components: components.map(toAgentComponent),
        nestedDocuments: plan.nestedDocuments,
        phases,
        workingDirectory: plan.recipe.workingDirectory,
        logs: join(this.#logFolder, stage),
        signal,
        onEvent: (event) => {
          this.#records.take(event);
          onEvent({ type: "run-event", stage, event });
        },
        onNotice: (text) => onEvent({ type: "notice", text }),
      });
      if (signal.aborted) throw buildError("cancelled", {});
      return summary.status === "success";
    };
    return this.#clock.run(stage, stage === "test" ? "testing the image" : "running the components", run, (succeeded) =>
      succeeded ? {} : { failed: true, detail: "a component failed" },
    );
  }

  #export(image: ImageInfo): Promise<{ readonly digest: string }> {
    const { host, signal } = this.request;
    return this.#clock.run("export", "writing the OCI layout", () =>
      host.exportImage(image.reference, join(this.staged, "oci"), { signal }),
    );
  }

  #commitSettings() {
    const { recipe } = this.request.plan;
    const labels = {
      "org.opencontainers.image.title": recipe.name,
      "org.opencontainers.image.version": recipe.semanticVersion,
      ...recipe.tags,
      ...recipe.container.labels,
    };
    const { exposedPorts, ...container } = recipe.container;
    return {
      ...container,
      ...(exposedPorts === undefined ? {} : { exposedPorts: exposedPorts.map(String) }),
      labels,
      signal: this.request.signal,
    };
  }

  async #keep(parent: ImageInfo, committed: ImageInfo, digest: string): Promise<ImageManifest> {
    const { host, store, plan } = this.request;
    const { recipe } = plan;
    const manifest = await store.keep(this.staged, recipe.name, recipe.semanticVersion, (buildVersion, folder) => ({
      name: recipe.name,
      version: recipe.semanticVersion,
      buildVersion,
      ...(recipe.description === undefined ? {} : { description: recipe.description }),
      created: new Date().toISOString(),
      platform: committed.platform,
      engine: host.name,
      tag: `localhost/${folderName(recipe.name)}:${recipe.semanticVersion}-${buildVersion}`,
      digest,
      ociLayout: join(folder, "oci"),
      parentImage: { reference: recipe.parentImage, image: parent.reference, digest: parent.digest },
      components: plan.components.map(({ name, version, path, digest: textDigest, parameters }) => ({
        name,
        version,
        document: path,
        digest: textDigest,
        parameters: Object.fromEntries(parameters),
      })),
      phases: this.#records.phases,
      durations: this.#clock.durations,
      logFolder: this.#logFolder,
      tags: recipe.tags,
    }));
    try {
      await host.keepImage(committed, manifest.tag);
    } catch (thrown) {
      await discard(dirname(manifest.ociLayout)); // a build that fails here does not use up a number either
      throw thrown;
    }
    return manifest;
  }

  #failed(stage: Stage): BuildOutcome {
    return { status: "failed", stage, failedSteps: this.#records.failedSteps, logFolder: this.#logFolder };
  }
}

/** Like Promise.all, but a failure waits for the other to end, so that nothing uses files that are about to be removed. */
async function bothEnded<First, Second>(first: Promise<First>, second: Promise<Second>): Promise<[First, Second]> {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
}

function toAgentComponent({ path, document, parameters }: PlannedComponent): AgentComponent {
  return { path, text: document.source.text, parameters };
}
