import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { agentExecutable } from "@imagewright/agent";
import { resolveParentImage } from "@imagewright/build-hosts";
import type { RunSummary } from "@imagewright/component-runner";
import { safe } from "@imagewright/diagnostics";
import type { PreparedDocument } from "@imagewright/document-engine";
import {
  DEFAULT_WORKING_DIRECTORY,
  launch,
  plannedPhases,
  runInMachine,
  withTemporaryRun,
  type AgentComponent,
  type CopiedDocument,
} from "@imagewright/image-build";
import { makeFolders, untilAborted } from "@imagewright/node-host";
import { buildFolders, openBuildHost } from "../cli/open-build-host.js";
import { ibError } from "../errors.js";
import { RunScreen } from "./run-screen.js";
import type { CommandRun } from "./run-request.js";

export interface ContainerRunRequest extends CommandRun {
  /** The documents on this machine that are copied for ExecuteDocument. */
  readonly nestedDocuments: readonly CopiedDocument[];
  /** As `parentImage` in a recipe. */
  readonly image: string;
  readonly engine: string | undefined;
}

/** Runs documents with the packed agent in a container that is removed afterwards; only the logs stay. */
export async function runInContainer(request: ContainerRunRequest): Promise<RunSummary> {
  const { documents, nestedDocuments, phases, logs: place, configuration, signal, color, say, image, engine } = request;
  const { host, reason } = await untilAborted(signal, openBuildHost(engine, configuration, say));
  const parent = await resolveParentImage({ host, reference: image, pull: false, signal, onProgress: (text) => say(safe`  ${text}\n`) });
  say(safe`in a container from ${image} (${parent.origin}), with ${host.name} (${reason})\n`);
  const privateAddresses = configuration.privateAddresses.value;
  const logs = place.directory;
  await makeFolders(logs);
  const screen = new RunScreen(documents, color, say);
  const work = {
    components: documents.map(toComponent),
    nestedDocuments,
    phases,
    workingDirectory: DEFAULT_WORKING_DIRECTORY,
    privateAddresses,
  };
  const parts = { host, logs, onEvent: screen.take.bind(screen), onNotice: (line: string) => say(safe`  ${line}\n`) };
  try {
    const { summary } = await withTemporaryRun(buildFolders(configuration), host, signal, async ({ owner, durability }) => {
      const machine = await durability.step("launch", (step) =>
        launch({ host, build: owner, agent: agentExecutable() }, parent.image.reference, step),
      );
      return runInMachine(durability, parts, machine, work);
    });
    const result = await place.deliver({ ...summary, logUrl: await logFolderOf(logs, summary.executionId) });
    screen.finish(result);
    return result;
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
    throw ibError("run-cancelled", { logs }, { cause: thrown });
  } finally {
    screen.close();
  }
}

async function logFolderOf(logs: string, executionId: string): Promise<string> {
  const [folder = ""] = (await readdir(logs)).filter((name) => name.endsWith(executionId));
  return join(logs, folder);
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
