import { existsSync } from "node:fs";
import { agentExecutable } from "@imagewright/agent";
import type { ByHand, ContainerHost } from "@imagewright/build-hosts";
import { renderFailedStep } from "@imagewright/component-runner";
import { isUnderSudo } from "@imagewright/configuration";
import { createStyles, isImagewrightError, joinSafe, quote, safe } from "@imagewright/diagnostics";
import {
  findKept,
  ImageStore,
  logFolderOf,
  runBuild,
  type BuildEvent,
  type BuildOutcome,
  type BuildRun,
  type FailedBuild,
  type HeldBuild,
  type ImageManifest,
} from "@imagewright/image-build";
import { terminal, type Say } from "../cli/terminal.js";
import { ibError } from "../errors.js";
import { describeKept } from "../render/kept.js";
import { describeImage } from "../render/image.js";
import { renderError } from "../render/error.js";
import { Progress } from "../render/progress.js";
import { repeatCommand } from "../render/repeat-command.js";
import { asTyped } from "../sudo/as-typed.js";
import type { Recipient } from "../sudo/recipient.js";

export interface BuildScreen {
  readonly host: ContainerHost;
  readonly byHand: ByHand;
  /** The engine that was asked for. */
  readonly engine: string | undefined;
  readonly dataFolder: string;
  /** Runs tests of components on this computer, in builds for which that was allowed. */
  readonly runHostTests: BuildRun["runHostTests"];
  /** Who gets the results, under sudo. */
  readonly recipient: Recipient | undefined;
  readonly signal: AbortSignal;
  readonly onEvent: (event: BuildEvent) => void;
  readonly color: boolean;
  /** Whether what steps print is shown. */
  readonly showOutput: boolean;
  readonly say: Say;
}

/** Runs a build that this process holds, with its progress and its result on the screen. */
export async function buildToTheEnd(held: HeldBuild, screen: BuildScreen): Promise<ImageManifest | FailedBuild> {
  const made = await runWithProgress(held, screen);
  const outcome = (await screen.recipient?.takeBuild(made, held.id)) ?? made;
  if (outcome.status === "succeeded") {
    const use = { engine: screen.host.name, byHand: screen.byHand, sudo: isUnderSudo(process.env) };
    screen.say(describeImage(outcome.manifest, use, createStyles(screen.color)));
    return outcome.manifest;
  }
  process.exitCode = 1;
  showFailure(outcome, repeatCommand(held.stored.plan, outcome, screen.engine), screen);
  return outcome;
}

async function runWithProgress(held: HeldBuild, screen: BuildScreen): Promise<BuildOutcome> {
  const { host, dataFolder, runHostTests, recipient, signal, say } = screen;
  const names = new Map(held.stored.plan.components.map(({ path, name }) => [path, name]));
  const progress = new Progress(terminal.live, names, screen);
  try {
    return await runBuild(held, {
      ...{ host, agent: agentExecutable(), store: new ImageStore(dataFolder), runHostTests, signal },
      onEvent: (event) => {
        screen.onEvent(event);
        progress.take(event);
      },
    });
  } catch (thrown) {
    progress.close();
    if (isImagewrightError(thrown, "durability/interrupted")) throw ibError("interrupted", whatToDoWith(held.id), { cause: thrown });
    // what is recorded stays, so the build can go on when the reason is remedied
    if (isImagewrightError(thrown) && thrown.code.startsWith("durability/"))
      say(safe`build ${held.id} was interrupted (continue with: ${asTyped(`ib build --resume ${held.id}`)})\n`);
    else {
      const logs = (await recipient?.takeLogs(held.id, logFolderOf(held))) ?? logFolderOf(held);
      const kept = findKept(held.folders, held.id);
      if (kept !== undefined && !("problem" in kept)) say(describeKept(kept));
      if (isImagewrightError(thrown, "image-build/cancelled"))
        throw ibError("cancelled", existsSync(logs) ? { logs } : {}, { cause: thrown });
    }
    throw thrown;
  } finally {
    progress.close();
  }
}

function whatToDoWith(build: string): { readonly build: string; readonly next: string } {
  return { build, next: `build ${build} stays: ${asTyped(`ib build --resume ${build}`)}, or ${asTyped(`ib build discard ${build}`)}` };
}

function showFailure(
  { workflow, message, hints, failedSteps, logFolder, kept }: FailedBuild,
  repeat: string | undefined,
  { color, say }: BuildScreen,
): void {
  if (failedSteps.length === 0) say(safe`\n${renderError({ message: `workflow ${quote(workflow)}: ${message}`, hints })}`);
  else
    say(
      safe`\n${joinSafe(
        failedSteps.map((step) => renderFailedStep(step, { color })),
        "\n",
      )}`,
    );
  if (repeat !== undefined) say(safe`  try: ${asTyped(repeat)}\n`);
  say(safe`  logs: ${logFolder}\nno image was made, and no build number was used\n`);
  if (kept !== undefined) say(describeKept(kept));
}
