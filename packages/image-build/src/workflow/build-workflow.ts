import type { Durability } from "@imagewright/durability";
import { HOST_TEST_PHASE } from "@imagewright/step-actions";
import type { StoredBuild } from "../builds/stored-build.js";
import { buildError } from "../errors.js";
import { phasesFor, TEST_PHASES } from "../plan/build-plan.js";
import { exportLayout } from "../steps/export-layout.js";
import { resolveParent } from "../steps/resolve-parent.js";
import { highestNumber, reserveGivenNumber, reserveNumber } from "../steps/reserve-number.js";
import { componentsOf } from "./components-of.js";
import { ImageWorkflows } from "./image-workflows.js";
import { keepImage } from "./keep-image.js";
import type { BuildOutcome } from "./outcome.js";
import { logFolderOf, type BuildParts } from "./parts.js";
import { StageClock } from "./stage-clock.js";
import { StageReporter } from "./stage-reporter.js";

/**
 * How an image is built, as durable steps: a process that continues a build runs this again, and each step that has ended gives its
 * recorded result. Between the parent image and the export, the workflows of the plan say what happens. A failed step of theirs is part of
 * the outcome; what else fails is thrown.
 */
export async function buildWorkflow(durability: Durability, given: StoredBuild, parts: BuildParts): Promise<BuildOutcome> {
  const { recipe } = given.plan;
  const { stored, isUntested } = withoutIdleTest(given);
  const clock = new StageClock(parts.onEvent);
  const startedAt = await durability.now();
  const { identity, numbering } = given.settings;
  const early =
    identity !== undefined || numbering === "at-start"
      ? await durability.step("reserve number", () =>
          identity === undefined ? reserveNumber(parts, recipe) : reserveGivenNumber(parts, recipe, identity.buildVersion),
        )
      : undefined;

  const parent = await clock.stage(durability, "parent image", {
    title: `parent image ${recipe.parentImage}`,
    body: () => durability.step("resolve parent image", ({ signal }) => resolveParent(parts, recipe, given.settings, signal)),
    judge: ({ origin }) => ({ detail: `${recipe.parentImage} (${origin})` }),
  });
  const before = clock.durations;

  const buildPhases = phasesFor("BUILD");
  const isIdle = componentsOf(stored, buildPhases).components.length === 0;
  const stages = new StageReporter(parts.onEvent, stored.plan.workflows, ({ type }, { action }) =>
    isIdle && type === "BUILD" && action === "ExecuteComponents" ? `no component has a ${buildPhases.join(" or ")} phase` : undefined,
  );
  const workflows = new ImageWorkflows({ stored, parts, parent: parent.image.reference, buildVersion: early?.buildVersion, stages });
  const { made } = given.settings;
  const failedBuild = made === undefined ? await make() : null;
  if (made !== undefined) workflows.use(made);
  const { image } = workflows;
  if (failedBuild !== null || image === undefined) {
    await workflows.endInstances(durability);
    if (failedBuild !== null) return failedBuild;
    throw buildError("no-image-created", { workflow: stored.plan.workflows.find(({ type }) => type === "BUILD")?.name ?? "" });
  }
  const metadata = made?.metadata ?? (await workflows.metadata());

  if (isUntested) clock.skip("test", "testing the image", `no component has a ${TEST_PHASES.join(" or ")} phase`);
  const [tested, exported] = await bothEnded(
    durability.branch("test", (branch) => workflows.run(branch, "TEST")),
    durability.branch("export", (branch) => besideTest(branch, image.reference)),
  );
  clock.join(exported.durations);
  await workflows.take(tested);
  const failed = tested.failed ?? (await distribute());
  if (failed !== null) {
    await workflows.endInstances(durability);
    return failed;
  }

  const kept = {
    ...{ plan: stored.plan, parent: parent.image, image, reserved: early, repository: identity?.repository, startedAt },
    ...{ digest: exported.digest, highestNumber: exported.highestNumber },
    ...{ workflows: workflows.summary(), phases: await workflows.phases(), metadata },
    durations: { ...before, ...stages.durations, ...exported.durations },
    logFolder: logFolderOf(parts),
  };
  const [manifest] = await bothEnded(
    durability.branch("keep", (branch) => keepImage(branch, parts, kept)),
    // an instance that cannot be terminated is no fault of the image: the end of the build tries again, and says so
    durability.branch("end instances", (branch) => workflows.endInstances(branch).catch(() => undefined)),
  );
  return { status: "succeeded", manifest };

  async function make() {
    const built = await durability.branch("build", (branch) => workflows.run(branch, "BUILD"));
    await workflows.take(built);
    if (built.failed === null && workflows.image !== undefined)
      parts.onMade?.({ image: workflows.image, outputs: built.outputs, metadata: await workflows.metadata() });
    return built.failed;
  }

  /** As in the service, where an image is distributed before it is available: what cannot be distributed is not kept. */
  async function distribute() {
    if (!stored.plan.workflows.some(({ type }) => type === "DISTRIBUTION")) return null;
    const distributed = await durability.branch("distribution", (branch) => workflows.run(branch, "DISTRIBUTION"));
    await workflows.take(distributed);
    return distributed.failed;
  }

  /** What follows the image besides its test: one after the other, so that the test has a processor. */
  async function besideTest(branch: Durability, reference: string) {
    const own = clock.branch();
    const { digest } = await own.stage(branch, "export", {
      title: "writing the OCI layout",
      body: () => branch.step("export", ({ signal }) => exportLayout(parts, recipe, reference, signal)),
    });
    const number = early === undefined ? await branch.step("look up numbers", () => highestNumber(parts, recipe)) : undefined;
    return { digest, highestNumber: number, durations: own.durations };
  }
}

/** The default test workflow is left out where it would launch a machine for nothing. */
function withoutIdleTest(stored: StoredBuild) {
  const { plan } = stored;
  const phases = [...TEST_PHASES, ...(stored.settings.allowHostTests === true ? [HOST_TEST_PHASE] : [])];
  const isUntested = componentsOf(stored, phases).components.length === 0;
  const workflows = plan.workflows.filter(({ type, isDefault }) => !(isUntested && isDefault && type === "TEST"));
  const hasTests = workflows.some(({ type }) => type === "TEST");
  return { stored: { ...stored, plan: { ...plan, workflows } }, isUntested: isUntested && !hasTests };
}

/** Like Promise.all, but a failure waits for the other to end, so that nothing uses files that are about to be removed. */
async function bothEnded<First, Second>(first: Promise<First>, second: Promise<Second>): Promise<[First, Second]> {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
}
