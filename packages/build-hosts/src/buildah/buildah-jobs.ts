import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Container } from "../engines/dialect.js";
import type { Engine } from "../engines/engine.js";
import type { JobPaths } from "../machines/machine-folders.js";
import type { Isolation } from "../port/isolation.js";
import { isolatedRun } from "./isolation/isolated-run.js";
import { makeRunFolders, removeControlGroups, temporaryFiles } from "./isolation/run-folders.js";
import { findRuntime } from "./isolation/runtimes.js";
import { closeNamespaces, isHolder, openNamespace } from "./namespace.js";
import { awaitSupervised, isSupervised, killSupervised, lastWords, startSupervisor, supervisedJob } from "./supervisor.js";
import { isOrdinaryUser } from "./user-namespace.js";

/** The jobs of buildah's containers, each a command of its own that runs apart from the process that started it. */
export class BuildahJobs {
  constructor(
    private readonly engine: Engine,
    private readonly isolation: Isolation,
    /** Called when a job could not begin, perhaps because the isolation does not work any more. */
    private readonly onStartFailure: () => Promise<void>,
  ) {}

  async start(container: Container, job: JobPaths, words: readonly string[]): Promise<void> {
    const folder = runFolder(job);
    await makeRunFolders(folder);
    const namespace = isOrdinaryUser() ? await openNamespace(this.engine, container) : undefined;
    const command = isolatedRun({
      ...{ container: container.name, isolation: this.isolation, folder, words },
      line: (parameters) => this.engine.line(parameters),
      runtimePath: await findRuntime(this.isolation.runtime ?? ""),
      flags: container.mounts.flatMap(({ source, target, isReadOnly }) => ["-v", `${source}:${target}${isReadOnly ? ":ro" : ""}`]),
    });
    const environment = { ...this.engine.environment, ...namespace?.environment, ...temporaryFiles(folder) };
    await startSupervisor(supervisedJob(job), [...(namespace?.enter ?? []), ...command], environment);
  }

  isAlive(job: JobPaths): Promise<boolean> {
    return isSupervised(job);
  }

  async whyEnded(job: JobPaths): Promise<string | undefined> {
    if (!existsSync(supervisedJob(job).started)) await this.onStartFailure();
    return lastWords(job);
  }

  async stop(job: JobPaths): Promise<void> {
    await killSupervised(job);
    await removeControlGroups(runFolder(job));
  }

  async stopAll(container: Container): Promise<void> {
    for (const job of await jobsOf(container)) await this.stop(job);
    await closeNamespaces(container);
  }

  /** Waits until all have cleaned up, which have ended. */
  async awaitAll(container: Container): Promise<void> {
    for (const job of await jobsOf(container)) await awaitSupervised(job);
    await this.stopAll(container);
  }
}

/** The jobs that were started in a container, by what its control folder has of them. */
async function jobsOf({ folders }: Container): Promise<JobPaths[]> {
  const names = await readdir(folders.control).catch(() => []);
  const supervised = names.filter((name) => name.endsWith(".process") && !isHolder(name));
  const ids = supervised.map((name) => name.slice(0, -".process".length));
  return ids.map((id) => ({ id, folder: join(folders.jobs, id), control: join(folders.control, id) }));
}

/** Where a run of a job keeps its files. */
function runFolder({ control }: JobPaths): string {
  return `${control}.run`;
}
