import { access, constants, stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { agentExecutable } from "@imagewright/agent";
import type { RootlessCheck } from "@imagewright/build-hosts";
import { describeOrigin, type Configuration } from "@imagewright/configuration";
import { findProgram } from "@imagewright/node-host";

/** A requirement of builds besides the engine. */
export interface ToolReport {
  readonly name: string;
  readonly usable: boolean;
  readonly finding: string;
  /** Whether images cannot be built without it. */
  readonly required: boolean;
  readonly fix?: string;
}

const LITTLE_SPACE = 2 * 1024 ** 3;
// what one small image takes, and what is left beside it
const LEAST_SPACE = 100 * 1024 ** 2;

/** Inspects the packed agent, the tools that make parent images, and the free disk space. */
export async function inspectTools(configuration: Configuration, rootless: readonly RootlessCheck[]): Promise<readonly ToolReport[]> {
  return Promise.all([inspectAgent(), inspectMmdebstrap(rootless), inspectDisk(configuration)]);
}

async function inspectAgent(): Promise<ToolReport> {
  const path = agentExecutable();
  const usable = await isExecutable(path);
  return {
    name: "ib-agent",
    usable,
    required: true,
    finding: usable ? path : `no packed agent at ${path}`,
    fix: "npm install --include=optional, or in a clone: pnpm --filter @imagewright/agent build",
  };
}

async function inspectMmdebstrap(rootless: readonly RootlessCheck[]): Promise<ToolReport> {
  const name = "mmdebstrap";
  if ((await findProgram(name, process.env["PATH"])) === undefined)
    return {
      name,
      usable: false,
      required: false,
      finding: "is not installed; recipes with parentImage mmdebstrap:SUITE need it",
      fix: "apt-get install mmdebstrap",
    };
  const lacking = rootless.find(({ usable, required }) => required && !usable);
  if (lacking !== undefined)
    return {
      ...{ name, usable: false, required: false },
      finding: `is installed, but an ordinary user needs: ${lacking.name}`,
      ...(lacking.fix !== undefined && { fix: lacking.fix }),
    };
  return { name, usable: true, required: false, finding: "makes parent images of Debian" };
}

async function inspectDisk({ dataFolder }: Configuration): Promise<ToolReport> {
  const folder = await nearestPath(dataFolder.value);
  const obstacle = await obstacleAt(folder);
  if (obstacle !== undefined)
    return {
      name: "data folder",
      usable: false,
      required: true,
      finding: `images cannot be kept: ${folder} ${obstacle}; the data folder is ${dataFolder.value} (${describeOrigin(dataFolder.origin)})`,
      fix: "name a folder that you may write to with --data-dir or IMAGEWRIGHT_HOME",
    };
  const facts = await statfs(folder);
  const free = facts.bavail * facts.bsize;
  const finding = `${(free / 1024 ** 3).toFixed(1)} GiB free at ${folder}`;
  return {
    name: "disk space",
    usable: free >= LITTLE_SPACE,
    required: free < LEAST_SPACE,
    finding,
    fix: "free some space, or name a folder on a larger disk with --data-dir or IMAGEWRIGHT_HOME",
  };
}

/** The data folder, or its nearest existing parent. */
async function nearestPath(path: string): Promise<string> {
  return (await isAllowed(path, constants.F_OK)) ? path : nearestPath(dirname(path));
}

/** Why nothing can be written there; undefined if it can. */
async function obstacleAt(path: string): Promise<string | undefined> {
  if (!(await stat(path)).isDirectory()) return "is not a folder";
  return (await isAllowed(path, constants.W_OK)) ? undefined : "cannot be written to";
}

async function isExecutable(path: string): Promise<boolean> {
  return isAllowed(path, constants.X_OK);
}

async function isAllowed(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}
