import { writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { buildHostError } from "../errors.js";
import { collectFiles } from "../jobs/collect-files.js";
import { JOB_FILE, jobScript } from "../jobs/job-script.js";
import { openFolder, openFolderIn, type OpenFolder } from "../jobs/open-inside.js";
import { readExitCode, readJobFiles } from "../jobs/read-job-files.js";
import { writeJobFolder } from "../jobs/write-job-folder.js";
import { jobPaths, type JobPaths } from "../machines/machine-folders.js";
import type { Collection, CollectRequest } from "../port/collect.js";
import type { JobCursor, JobReading, JobSpec, JobState } from "../port/job.js";
import type { JobRef, MachineRef } from "../port/refs.js";
import type { Container, Dialect } from "./dialect.js";

/** The jobs of one container, whose folders this computer shares with it. */
export class EngineJobs {
  constructor(
    private readonly dialect: Dialect,
    private readonly container: Container,
  ) {}

  async start(machine: MachineRef, job: JobSpec, token: string, environment: Readonly<Record<string, string>>): Promise<JobRef> {
    const paths = jobPaths(this.container.folders, token);
    const folder = `${machine.jobsFolder}/${paths.id}`;
    await writeJobFolder(paths, jobScript(job, environment, folder), job.files);
    if ((await this.#exitCode(paths)) === undefined && !isCancelled(paths))
      await this.dialect.startJob(this.container, paths, ["/bin/sh", `${folder}/${JOB_FILE.script}`]);
    return { machine, id: paths.id };
  }

  async read(job: JobRef, cursor: JobCursor): Promise<JobReading> {
    const paths = jobPaths(this.container.folders, job);
    return this.#inside(job, paths, async (folder) => {
      // asked before the files are read, so that nothing that was written before the end is missed
      const state = await this.#state(paths, folder);
      return { ...(await readJobFiles(folder, cursor)), state };
    });
  }

  async cancel(job: JobRef): Promise<void> {
    const paths = jobPaths(this.container.folders, job);
    if (!existsSync(paths.folder) || (await this.#exitCode(paths)) !== undefined) return;
    // written first, so that whoever reads the job while it dies sees why
    await writeFile(cancelledMark(paths), "", { mode: 0o600 });
    await this.dialect.stopJob(this.container, paths);
  }

  async collect(job: JobRef, { from, ...request }: CollectRequest): Promise<Collection> {
    const paths = jobPaths(this.container.folders, job);
    return this.#inside(job, paths, async (folder) => {
      const start = from === "." ? folder : await openFolderIn(folder, from);
      if (start === undefined) return { files: [], leftOut: [] };
      try {
        return await collectFiles(start, request);
      } finally {
        if (start !== folder) await start.handle.close();
      }
    });
  }

  async #state(paths: JobPaths, folder: OpenFolder): Promise<JobState> {
    const exitCode = await readExitCode(folder);
    if (exitCode !== undefined) return { kind: "exited", exitCode };
    if (isCancelled(paths)) return { kind: "cancelled" };
    if (await this.dialect.isJobAlive(this.container, paths)) return { kind: "running" };
    // it may have ended between the two looks
    const late = await readExitCode(folder);
    if (late !== undefined) return { kind: "exited", exitCode: late };
    const reason = await this.dialect.whyJobEnded(this.container, paths);
    return { kind: "lost", ...(reason === undefined ? {} : { reason }) };
  }

  async #exitCode({ folder: path }: JobPaths): Promise<number | undefined> {
    const folder = await openFolder(path);
    try {
      return folder === undefined ? undefined : await readExitCode(folder);
    } finally {
      await folder?.handle.close();
    }
  }

  async #inside<Result>(job: JobRef, { folder: path }: JobPaths, body: (folder: OpenFolder) => Promise<Result>): Promise<Result> {
    const folder = await openFolder(path);
    if (folder === undefined) throw buildHostError("job-not-found", { job: job.id, machine: job.machine.id });
    try {
      return await body(folder);
    } finally {
      await folder.handle.close();
    }
  }
}

function cancelledMark({ control }: JobPaths): string {
  return `${control}.cancelled`;
}

function isCancelled(paths: JobPaths): boolean {
  return existsSync(cancelledMark(paths));
}
