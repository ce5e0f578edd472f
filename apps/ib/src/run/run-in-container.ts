import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { agentExecutable } from "@imagewright/agent";
import { resolveParentImage } from "@imagewright/build-hosts";
import type { AgentEvent } from "@imagewright/agent-protocol";
import type { RunSummary } from "@imagewright/component-runner";
import { safe } from "@imagewright/diagnostics";
import type { PreparedDocument } from "@imagewright/document-engine";
import { DEFAULT_WORKING_DIRECTORY, plannedPhases, withTemporaryRun, type KeptMachine } from "@imagewright/image-build";
import { makeFolders, untilAborted } from "@imagewright/node-host";
import { launch, runInMachine, StandInNotice, type AgentComponent, type CopiedDocument } from "@imagewright/step-actions";
import { buildFolders, openBuildHost } from "../cli/open-build-host.js";
import { describeKept } from "../render/kept.js";
import { ibError } from "../errors.js";
import { RunScreen } from "./run-screen.js";
import type { CommandRun } from "./run-request.js";

export interface ContainerRunRequest extends CommandRun, MachineFlags {
  /** The documents on this machine that are copied for ExecuteDocument. */
  readonly nestedDocuments: readonly CopiedDocument[];
}

export interface ContainerRunSummary extends RunSummary {
  /** The container in which a step failed, if it was asked to be kept. */
  readonly kept?: KeptMachine;
}

export interface MachineFlags {
  /** As `parentImage` in a recipe. */
  readonly image: string;
  readonly engine: string | undefined;
  /** Whether the container in which a step fails is kept until somebody removes it. */
  readonly keepOnFailure: boolean;
}

/** Runs documents with the packed agent in a container that is removed afterwards, unless it is to be kept; only the logs stay. */
export async function runInContainer(request: ContainerRunRequest): Promise<ContainerRunSummary> {
  const { documents, nestedDocuments, phases, logs: place, configuration, signal, say, image, engine, keepOnFailure } = request;
  const { host, reason } = await untilAborted(signal, openBuildHost(engine, configuration, say));
  const parent = await resolveParentImage({ host, reference: image, pull: false, signal, onProgress: (text) => say(safe`  ${text}\n`) });
  say(safe`in a container from ${image} (${parent.origin}), with ${host.name} (${reason})\n`);
  const privateAddresses = configuration.privateAddresses.value;
  const logs = place.directory;
  await makeFolders(logs);
  const screen = new RunScreen(documents, request);
  const work = {
    components: documents.map(toComponent),
    nestedDocuments,
    phases,
    workingDirectory: DEFAULT_WORKING_DIRECTORY,
    privateAddresses,
  };
  let executionId: string | undefined;
  let kept: KeptMachine | undefined;
  const onEvent = (event: AgentEvent) => {
    if (event.type === "run-started") ({ executionId } = event);
    screen.take(event);
  };
  const parts = { host, logs, onEvent, standIns: new StandInNotice(), onNotice: (line: string) => say(safe`  ${line}\n`) };
  try {
    const { summary } = await withTemporaryRun(buildFolders(configuration), host, signal, async ({ owner, durability, keep }) => {
      const machine = await durability.step("launch", (step) =>
        launch({ host, owner, agent: agentExecutable() }, parent.image.reference, step),
      );
      const keepFailed = async () => {
        if (keepOnFailure && !signal.aborted) kept = await keep(machine, documents.map(({ document }) => document.source.name).join(" "));
      };
      const end = await runInMachine(durability, parts, machine, work).catch(async (thrown: unknown) => {
        await keepFailed();
        throw thrown;
      });
      if (end.status === "failed") await keepFailed();
      return end;
    });
    const logFolder = await logsOfRun(logs, summary.executionId);
    const result = { ...summary, logUrl: logFolder === undefined ? logs : await place.deliver(logFolder) };
    screen.finish(result);
    if (kept !== undefined) say(describeKept(kept));
    return kept === undefined ? result : { ...result, kept };
  } catch (thrown) {
    const logFolder = executionId === undefined ? undefined : await logsOfRun(logs, executionId);
    screen.close();
    const delivered = logFolder === undefined ? {} : { logs: await place.deliver(logFolder) };
    if (kept !== undefined) say(describeKept(kept));
    if (!signal.aborted) throw thrown;
    throw ibError("cancelled", delivered, { cause: thrown });
  } finally {
    screen.close();
  }
}

const EXECUTION_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The log folder of a run, if it has been copied from the container, which says what the run's id is: only a whole id is believed, that
 * nobody can guess, so that no container gets at the logs of another run.
 */
async function logsOfRun(logs: string, executionId: string): Promise<string | undefined> {
  if (!EXECUTION_ID.test(executionId)) return undefined;
  const folder = (await readdir(logs)).find((name) => name.endsWith(`_${executionId}`));
  return folder === undefined ? undefined : join(logs, folder);
}

/** The agent binds the document's variables again, so it is passed the parameters' values, not the constants'. */
function toComponent({ document, variables }: PreparedDocument): AgentComponent {
  const { name: path, text } = document.source;
  const parameters = document.parameters.flatMap(({ name }) => {
    const value = variables.get(name.text);
    return value === undefined ? [] : [{ name: name.text, value }];
  });
  return { name: document.name ?? path, path, text, phases: plannedPhases(document), parameters };
}
