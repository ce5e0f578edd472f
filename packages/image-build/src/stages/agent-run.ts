import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { StringDecoder } from "node:string_decoder";
import type { AgentEvent } from "@imagewright/agent-protocol";
import type { Machine } from "@imagewright/build-hosts";
import type { RunSummary } from "@imagewright/component-runner";
import { buildError } from "../errors.js";
import type { NestedDocuments } from "../nested-documents.js";
import { EventLines } from "./event-lines.js";
import { knownDocument } from "./known-documents.js";

export interface AgentRunRequest {
  readonly machine: Machine;
  /** The packed agent on this machine, for the platform of the container. */
  readonly agent: string;
  readonly components: readonly AgentComponent[];
  /** What ExecuteDocument finds if the machine itself has no such file. */
  readonly nestedDocuments: NestedDocuments;
  /** All phases if undefined. */
  readonly phases: readonly string[] | undefined;
  readonly workingDirectory: string;
  /** The folder on this machine that receives the log folder. */
  readonly logs: string;
  readonly signal: AbortSignal;
  readonly onEvent: (event: AgentEvent) => void;
  /** Receives the agent's other output, line by line. */
  readonly onNotice: (line: string) => void;
}

export interface AgentComponent {
  /** The document's name in events. */
  readonly path: string;
  readonly text: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const LARGEST_RESULT = 1024 * 1024;

// the exit code with which the agent asks its caller to restart the machine
const RESTART = 194;

/** Runs components with the packed agent inside a machine, passes on its events, and copies its log folder out. */
export async function runAgent(request: AgentRunRequest): Promise<RunSummary> {
  const { machine } = request;
  const remote = `/var/tmp/imagewright-${machine.name}`;
  await copyJobIn(request, remote);
  const documents = request.components.map((component, index) => knownDocument(documentPath(remote, index, component.path), component));
  const events = new EventLines(documents, request.onEvent, request.onNotice);
  const executionId = randomUUID();
  const place = ["--job", remote, "--restart", "caller", "--event-stream"];
  const first = ["--config", `${remote}/run.json`, "--execution-id", executionId, ...place];
  const logs = () => machine.copyOut(`${remote}/logs`, request.logs);
  try {
    let printed = await runOnce(request, [`${remote}/ib-agent`, "run", ...first], events);
    while (printed.exitCode === RESTART) {
      request.onNotice("a step asks for a restart; a container does not restart, so the run continues in a new process");
      printed = await runOnce(request, [`${remote}/ib-agent`, "run", "--resume", executionId, ...place], events);
    }
    events.end();
    events.checkProtocol();
    const summary = readSummary(printed.text);
    if (summary === undefined) throw buildError("agent-failed", { exitCode: printed.exitCode, output: events.lastNotice });
    await logs();
    return summary;
  } catch (thrown) {
    // the logs matter most after a failure, but the error to report is the failure itself
    await logs().catch(() => undefined);
    throw thrown;
  }
}

async function runOnce(
  { machine, workingDirectory, signal }: AgentRunRequest,
  command: readonly string[],
  events: EventLines,
): Promise<{ exitCode: number; text: string }> {
  const decoder = new StringDecoder("utf8");
  let text = "";
  const { exitCode } = await machine.run({
    arguments: [...command],
    environment: { WORKING_DIRECTORY: workingDirectory },
    workingDirectory,
    signal,
    onOutput: (stream, chunk) => {
      if (stream === "stderr") events.push(chunk);
      else if (text.length < LARGEST_RESULT) text += decoder.write(Buffer.from(chunk));
    },
  });
  return { exitCode, text };
}

/** Copies everything the agent needs into the machine as one folder: itself, the documents, and the configuration file that names them. */
async function copyJobIn({ machine, agent, components, nestedDocuments, phases }: AgentRunRequest, remote: string): Promise<void> {
  const job = await mkdtemp(join(tmpdir(), "imagewright-job-"));
  try {
    for (const [index, { path, text }] of components.entries()) await writeInto(documentPath(job, index, path), text);
    for (const [index, text] of [...nestedDocuments.values()].entries()) await writeInto(nestedPath(job, index), text);
    await mkdir(join(job, "logs"));
    await writeFile(join(job, "run.json"), JSON.stringify(configFor({ components, nestedDocuments, phases }, remote)));
    await machine.copyIn(job, remote);
    await machine.copyIn(agent, `${remote}/ib-agent`);
  } finally {
    await rm(job, { recursive: true, force: true });
  }
}

function documentPath(folder: string, index: number, path: string): string {
  return `${folder}/documents/${index + 1}/${basename(path)}`;
}

function nestedPath(folder: string, index: number): string {
  return `${folder}/nested/${index + 1}.yaml`;
}

async function writeInto(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

function configFor(
  { components, nestedDocuments, phases }: Pick<AgentRunRequest, "components" | "nestedDocuments" | "phases">,
  remote: string,
) {
  return {
    documents: components.map(({ path, parameters }, index) => ({
      path: documentPath(remote, index, path),
      parameters: [...parameters].map(([name, value]) => ({ name, value })),
    })),
    fallbackDocuments: Object.fromEntries([...nestedDocuments.keys()].map((location, index) => [location, nestedPath(remote, index)])),
    ...(phases === undefined ? {} : { phases: phases.join(",") }),
  };
}

function readSummary(printed: string): RunSummary | undefined {
  try {
    return JSON.parse(printed) as RunSummary;
  } catch {
    return undefined;
  }
}
