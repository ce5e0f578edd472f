import { join } from "node:path";
import type { ContainerHost } from "@imagewright/build-hosts";
import { describeCause, isImagewrightError } from "@imagewright/diagnostics";
import { durabilityError } from "@imagewright/durability";
import { writeAtomically } from "@imagewright/node-host";
import { buildError } from "../errors.js";
import type { BuildEvent } from "../events.js";
import { FailureKeeper } from "../kept/failure-keeper.js";
import type { ImageStore } from "../store/image-store.js";
import type { ImageManifest } from "../store/manifest.js";
import { buildWorkflow } from "../workflow/build-workflow.js";
import type { BuildOutcome } from "../workflow/outcome.js";
import type { BuildParts } from "../workflow/parts.js";
import { describeEnd, type BuildEnd } from "./build-end.js";
import { endBuild } from "./end-build.js";
import type { HeldBuild } from "./held-build.js";
import { openBuildJournal } from "./journal-of.js";

export interface BuildRun {
  readonly host: ContainerHost;
  /** The packed agent for the platform of the container. */
  readonly agent: string;
  readonly store: ImageStore;
  /** Runs tests of components on this computer, in builds for which that was allowed. */
  readonly runHostTests?: BuildParts["runHostTests"];
  readonly signal: AbortSignal;
  readonly onEvent: (event: BuildEvent) => void;
  readonly tellsTopics?: BuildParts["tellsTopics"];
  readonly onWorkflow?: BuildParts["onWorkflow"];
  readonly onMade?: BuildParts["onMade"];
  /**
   * Awaited before the end of the build is recorded, for whoever records it elsewhere too. If it rejects, the build has not ended, and can
   * be continued.
   */
  readonly beforeEnd?: (result: BuildResult) => Promise<void>;
  /**
   * Awaited when nothing is left of the build but its folder, before that is tidied up; also by a process that ends a build of which an
   * earlier one has recorded the end. If it rejects, the same is done again by whoever continues the build.
   */
  readonly onEnded?: () => Promise<void>;
}

/** How a build has come to its end; `error` is what is thrown then. */
export type BuildResult = BuildOutcome | { readonly status: "error"; readonly cause: unknown } | { readonly status: "cancelled" };

/**
 * Runs a build to its end, from where an earlier process has left it. A failed component is part of the outcome; any other failure throws.
 * In both cases, and when the signal ends it, no image and no container remain, but for the machine that a failed build is to keep. Only
 * what keeps this process from going on, such as a journal that cannot be written, leaves the build as it is: it can be continued.
 */
export async function runBuild(held: HeldBuild, run: BuildRun): Promise<BuildOutcome> {
  const { id, lease, stored } = held;
  const { host, store } = run;
  const keepNumber = stored.settings.numbering === "at-start";
  const finish = async (end: EndWithoutTime, result?: BuildResult) => {
    if (result !== undefined) await run.beforeEnd?.(result);
    await endBuild(held, { host, store, keepNumber, onRemoved: run.onEnded }, { ...end, endedAt: new Date().toISOString() });
  };
  try {
    if (held.end !== undefined) {
      await finish(held.end);
      const manifest = await manifestOf(held.end, store);
      if (manifest !== undefined) return { status: "succeeded", manifest };
      throw buildError("build-ended", { build: id, end: describeEnd(held.end) });
    }
    const keeper = new FailureKeeper(stored.settings.keepOnFailure === true, [run.signal, lease.signal]);
    const { name, semanticVersion } = stored.plan.recipe;
    const keep = () => keeper.keep(held.folder, host, { owner: id, purpose: `${name} ${semanticVersion}` });
    const outcome = await perform(held, run, keeper).catch(async (thrown: unknown) => {
      if (lease.signal.aborted || canContinue(thrown)) throw thrown;
      if (!run.signal.aborted) {
        await keep();
        await finish({ status: "failed", reason: describeCause(thrown) }, { status: "error", cause: thrown });
        throw thrown;
      }
      await finish({ status: "cancelled" }, { status: "cancelled" });
      throw buildError("cancelled", {}, { cause: thrown });
    });
    const kept = outcome.status === "failed" ? await keep() : undefined;
    await finish(endOf(outcome), outcome);
    return outcome.status === "failed" && kept !== undefined ? { ...outcome, kept } : outcome;
  } finally {
    await lease.release();
  }
}

type EndWithoutTime = BuildEnd extends infer End ? (End extends BuildEnd ? Omit<End, "endedAt"> : never) : never;

async function perform(
  { id, folder, lease, stored }: HeldBuild,
  { host, agent, store, runHostTests, signal, tellsTopics, onEvent, onWorkflow, onMade }: BuildRun,
  { keeps }: FailureKeeper,
): Promise<BuildOutcome> {
  const journal = await openBuildJournal(folder, lease);
  try {
    return await buildWorkflow(journal.durability(signal), stored, {
      ...{ host, build: id, folder, agent, store, keeps, tellsTopics, onWorkflow, onMade },
      runHostTests: stored.settings.allowHostTests === true ? runHostTests : undefined,
      onEvent: (event) => {
        if (event.type === "stage-started") writeAtomically(join(folder, "stage"), event.stage, { sync: false });
        onEvent(event);
      },
    });
  } finally {
    await journal.close();
  }
}

function manifestOf(end: BuildEnd, store: ImageStore): Promise<ImageManifest | undefined> {
  return end.status === "succeeded" ? store.find(end.name, end.version, end.buildVersion) : Promise.resolve(undefined);
}

/** Whether it is the durability that failed: what was done is recorded, and the build can go on when the reason is remedied. */
function canContinue(thrown: unknown): boolean {
  return isImagewrightError(thrown) && thrown.code.startsWith(`${durabilityError.namespace}/`);
}

function endOf(outcome: BuildOutcome): EndWithoutTime {
  if (outcome.status === "failed") {
    const { failedSteps, stage, message } = outcome;
    return { status: "failed", reason: failedSteps.length > 0 ? `a component failed in the stage ${stage}` : message };
  }
  const { name, version, buildVersion } = outcome.manifest;
  return { status: "succeeded", name, version, buildVersion };
}
