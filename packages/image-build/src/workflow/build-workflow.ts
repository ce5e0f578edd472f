import { join } from "node:path";
import type { MachineRef } from "@imagewright/build-hosts";
import type { Durability } from "@imagewright/durability";
import { cleanUp, runInMachine, StandInNotice, type ComponentsEnd, type ComponentsParts } from "@imagewright/step-actions";
import type { StoredBuild } from "../builds/stored-build.js";
import { BUILD_PHASES, TEST_PHASES } from "../plan/build-plan.js";
import { createImage } from "../steps/create-image.js";
import { exportLayout } from "../steps/export-layout.js";
import { resolveParent } from "../steps/resolve-parent.js";
import { highestNumber, reserveNumber } from "../steps/reserve-number.js";
import { componentsOf } from "./components-of.js";
import { keepImage } from "./keep-image.js";
import { inMachine, useMachine } from "./in-machine.js";
import type { BuildOutcome } from "./outcome.js";
import { logFolderOf, type BuildParts } from "./parts.js";
import { StageClock, type StageDurations } from "./stage-clock.js";

/**
 * How an image is built, as durable steps: a process that continues a build runs this again, and each step that has ended gives its
 * recorded result. A failed component is part of the outcome; what else fails is thrown.
 */
export async function buildWorkflow(durability: Durability, { plan, settings }: StoredBuild, parts: BuildParts): Promise<BuildOutcome> {
  const { recipe } = plan;
  const clock = new StageClock(parts.onEvent);
  const standIns = new StandInNotice();
  const startedAt = await durability.now();
  const early = settings.numbering === "at-start" ? await durability.step("reserve number", () => reserveNumber(parts, recipe)) : undefined;

  const parent = await clock.stage(durability, "parent image", {
    title: `parent image ${recipe.parentImage}`,
    body: () => durability.step("resolve parent image", ({ signal }) => resolveParent(parts, recipe, settings, signal)),
    judge: ({ origin }) => ({ detail: `${recipe.parentImage} (${origin})` }),
  });

  const { result: built, terminate } = await useMachine(
    durability,
    parts,
    { image: parent.image.reference, clock },
    async (machine) => {
      const components = await runBuildPhases(machine);
      if (components.status === "failed") return { components, image: undefined };
      await clock.stage(durability, "clean-up", {
        title: "cleaning up",
        body: () =>
          durability.step("clean up", ({ token, signal }) => cleanUp(parts.host, machine, recipe.workingDirectory, { token, signal })),
      });
      const image = await clock.stage(durability, "commit", {
        title: "creating the image",
        body: () => durability.step("create image", ({ token, signal }) => createImage(parts, machine, recipe, { token, signal })),
      });
      return { components, image };
    },
    ({ image }) => image === undefined,
  );
  if (built.image === undefined) return failed("build", built.components, parts);

  const { reference } = built.image;
  const [test, exported] = await bothEnded(
    durability.branch("test", (branch) => testImage(branch, reference)),
    durability.branch("export", (branch) => besideTest(branch, reference)),
  );
  clock.join({ ...test.durations, ...exported.durations });
  if (test.components?.status === "failed") return failed("test", test.components, parts);

  const manifest = await keepImage(durability, parts, {
    ...{ plan, parent: parent.image, image: built.image, reserved: early, startedAt },
    ...{ digest: exported.digest, highestNumber: exported.highestNumber },
    ...{ phases: [...built.components.phases, ...(test.components?.phases ?? [])], durations: clock.durations },
    logFolder: logFolderOf(parts),
  });
  return { status: "succeeded", manifest };

  function partsOf(stage: "build" | "test"): ComponentsParts {
    return {
      ...{ host: parts.host, logs: join(logFolderOf(parts), stage), standIns },
      onEvent: (event) => parts.onEvent({ type: "run-event", stage, event }),
      onNotice: (text) => parts.onEvent({ type: "notice", text }),
    };
  }

  async function runBuildPhases(machine: MachineRef): Promise<EndOfPhases> {
    const title = "running the components";
    const work = componentsOf({ plan, settings }, BUILD_PHASES);
    if (work.components.length === 0) {
      clock.skip("build", title, "no component has a build or validate phase");
      return { status: "success", phases: [], failedSteps: [] };
    }
    const body = () => runInMachine(durability, partsOf("build"), machine, work);
    return clock.stage(durability, "build", { title, body, judge: judgeComponents });
  }

  /** Runs the test phases in a machine of their own from the image. */
  async function testImage(branch: Durability, image: string): Promise<{ components?: ComponentsEnd; durations: StageDurations }> {
    const own = clock.branch();
    const tests = componentsOf({ plan, settings }, TEST_PHASES);
    if (tests.components.length === 0) {
      own.skip("test", "testing the image", "no component has a test phase");
      return { durations: {} };
    }
    const components = await inMachine(
      branch,
      parts,
      { image },
      (machine) =>
        own.stage(branch, "test", {
          title: "testing the image",
          body: () => runInMachine(branch, partsOf("test"), machine, tests),
          judge: judgeComponents,
        }),
      ({ status }) => status === "failed",
    );
    return { components, durations: own.durations };
  }

  async function exportImage(branch: Durability, image: string): Promise<{ digest: string; durations: StageDurations }> {
    const own = clock.branch();
    const { digest } = await own.stage(branch, "export", {
      title: "writing the OCI layout",
      body: () => branch.step("export", ({ signal }) => exportLayout(parts, recipe, image, signal)),
    });
    return { digest, durations: own.durations };
  }

  /** What follows the image besides its test: one after the other, so that the test has a processor. The machine goes on every way out. */
  async function besideTest(branch: Durability, image: string) {
    const exported = await exportImage(branch, image).catch(async (thrown: unknown) => {
      await terminate(branch).catch(() => undefined);
      throw thrown;
    });
    await terminate(branch);
    const number = early === undefined ? await branch.step("look up numbers", () => highestNumber(parts, recipe)) : undefined;
    return { ...exported, highestNumber: number };
  }
}

type EndOfPhases = Pick<ComponentsEnd, "status" | "phases" | "failedSteps">;

function judgeComponents({ status }: ComponentsEnd) {
  return status === "failed" ? { failed: true, detail: "a component failed" } : {};
}

function failed(stage: "build" | "test", { failedSteps }: EndOfPhases, parts: BuildParts): BuildOutcome {
  return { status: "failed", stage, failedSteps, logFolder: logFolderOf(parts) };
}

/** Like Promise.all, but a failure waits for the other to end, so that nothing uses files that are about to be removed. */
async function bothEnded<First, Second>(first: Promise<First>, second: Promise<Second>): Promise<[First, Second]> {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
}
