import { createHash } from "node:crypto";
import { basename } from "node:path";
import type { KnownDocument } from "@imagewright/agent-protocol";
import { jobFolder, type JobFile, type JobRef, type JobSpec, type MachineRef } from "@imagewright/build-hosts";
import type { AgentWork } from "./agent-work.js";

/** The name of the agent in the tools folder of a machine. */
export const AGENT_TOOL = "ib-agent";

const CONFIGURATION = "run.json";

/** The job that runs components: the documents and the configuration that names them are files of the job. */
export function agentJob(machine: MachineRef, work: AgentWork, token: string): JobSpec {
  const folder = jobFolder(machine, token);
  return {
    ...jobSettings(work),
    command: [
      ...[`${machine.toolsFolder}/${AGENT_TOOL}`, "run", "--config", `${folder}/${CONFIGURATION}`],
      ...["--execution-id", executionIdOf(token), "--job", folder, "--restart", "caller"],
    ],
    files: jobFiles(work, folder),
  };
}

/** The job that continues after a restart what the first job has begun. Its events and logs go to the folder of the first. */
export function continuingJob(first: JobRef, work: AgentWork, firstToken: string): JobSpec {
  const folder = jobFolder(first.machine, firstToken);
  return {
    ...jobSettings(work),
    command: [
      ...[`${first.machine.toolsFolder}/${AGENT_TOOL}`, "run", "--resume", executionIdOf(firstToken)],
      ...["--job", folder, "--restart", "caller"],
    ],
  };
}

/** What the events of the job may speak of. */
export function knownDocuments(machine: MachineRef, { components }: AgentWork, token: string): KnownDocument[] {
  const folder = jobFolder(machine, token);
  return components.map(({ path, phases }, index) => ({
    document: `${folder}/${documentPath(index, path)}`,
    name: path,
    phases: Object.fromEntries(phases.map(({ name, steps }) => [name, steps])),
  }));
}

/** The id of the agent's run: the same each time for one token. */
function executionIdOf(token: string): string {
  return createHash("sha256")
    .update(token)
    .digest("hex")
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function jobSettings({ workingDirectory, privateAddresses }: AgentWork): Pick<JobSpec, "environment" | "workingDirectory"> {
  const network = privateAddresses === "forbidden" ? { IMAGEWRIGHT_PRIVATE_ADDRESSES: "forbidden" } : {};
  return { environment: { WORKING_DIRECTORY: workingDirectory, ...network }, workingDirectory };
}

function jobFiles({ components, nestedDocuments, phases }: AgentWork, folder: string): Record<string, JobFile> {
  const configuration = {
    documents: components.map(({ path, parameters }, index) => ({ path: `${folder}/${documentPath(index, path)}`, parameters })),
    fallbackDocuments: Object.fromEntries(nestedDocuments.map(({ location }, index) => [location, `${folder}/${nestedPath(index)}`])),
    ...(phases === undefined ? {} : { phases: phases.join(",") }),
  };
  return Object.fromEntries([
    ...components.map(({ path, text }, index) => [documentPath(index, path), { text }] as const),
    ...nestedDocuments.map(({ text }, index) => [nestedPath(index), { text }] as const),
    [CONFIGURATION, { text: JSON.stringify(configuration) }] as const,
  ]);
}

function documentPath(index: number, path: string): string {
  return `documents/${index + 1}/${basename(path)}`;
}

function nestedPath(index: number): string {
  return `nested/${index + 1}.yaml`;
}
