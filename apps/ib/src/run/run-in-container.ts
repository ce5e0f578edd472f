import { join } from "node:path";
import { readdir } from "node:fs/promises";
import { agentExecutable } from "@imagewright/agent";
import { resolveParentImage } from "@imagewright/build-hosts";
import type { RunSummary } from "@imagewright/component-runner";
import { DEFAULT_WORKING_DIRECTORY, runAgent, type NestedDocuments } from "@imagewright/image-build";
import { makeFolders } from "@imagewright/node-host";
import { openBuildHost } from "../cli/open-build-host.js";
import { RunScreen } from "./run-screen.js";
import type { CommandRun } from "./run-request.js";

export interface ContainerRunRequest extends CommandRun {
  /** The documents on this machine that are copied for ExecuteDocument. */
  readonly nestedDocuments: NestedDocuments;
  /** As `parentImage` in a recipe. */
  readonly image: string;
  readonly engine: string | undefined;
}

/** Runs documents with the packed agent in a container that is removed afterwards; only the logs stay. */
export async function runInContainer({
  documents,
  nestedDocuments,
  phases,
  logDirectory,
  configuration,
  signal,
  color,
  say,
  image,
  engine,
}: ContainerRunRequest): Promise<RunSummary> {
  const { host, reason } = await openBuildHost(engine, configuration, say);
  const parent = await resolveParentImage({ host, reference: image, pull: false, signal, onProgress: (text) => say(`  ${text}\n`) });
  say(`in a container from ${image} (${parent.origin}), with ${host.name} (${reason})\n`);
  const logs = logDirectory ?? join(configuration.dataFolder.value, "logs");
  await makeFolders(logs);
  const machine = await host.launch({ image: parent.image.reference, signal });
  const screen = new RunScreen(documents, color, say);
  try {
    const summary = await runAgent({
      ...{ machine, agent: agentExecutable(), nestedDocuments, phases, workingDirectory: DEFAULT_WORKING_DIRECTORY, logs, signal },
      components: documents.map(({ document, variables }) => ({
        path: document.source.name,
        text: document.source.text,
        parameters: variablesOf(document, variables),
      })),
      onEvent: (event) => screen.take(event),
      onNotice: (line) => say(`  ${line}\n`),
    });
    const [folder = ""] = (await readdir(logs)).filter((name) => name.endsWith(summary.executionId));
    const result = { ...summary, logUrl: join(logs, folder) };
    screen.finish(result);
    return result;
  } finally {
    screen.close();
    await machine.terminate();
  }
}

/** The agent binds the document's variables again, so it is passed the parameters' values, not the constants'. */
function variablesOf(
  { parameters }: CommandRun["documents"][number]["document"],
  variables: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return new Map(
    parameters.flatMap(({ name }) => (variables.has(name.text) ? [[name.text, variables.get(name.text) as string] as const] : [])),
  );
}
