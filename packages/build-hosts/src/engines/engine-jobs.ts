import { readdir, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { buildHostError } from "../errors.js";
import { collectFiles } from "../jobs/collect-files.js";
import { JOB_FILE, jobScript } from "../jobs/job-script.js";
import { openFolder, openFolderIn, type OpenFolder } from "../jobs/open-inside.js";
import { hasNews, readExitCode, readJobFiles } from "../jobs/read-job-files.js";
import { writeJobFolder } from "../jobs/write-job-folder.js";
import { jobPaths, standInsFolder, type JobPaths } from "../machines/machine-folders.js";
import type { Collection, CollectRequest } from "../port/collect.js";
import type { JobCursor, JobReading, JobSpec, JobState } from "../port/job.js";
import type { ContainerSpec } from "../port/launch-spec.js";
import type { JobRef, MachineRef } from "../port/refs.js";
import type { Container, Dialect } from "./dialect.js";

/** The jobs of one container, whose folders this computer shares with it. */
export class EngineJobs {
  constructor(
    private readonly dialect: Dialect,
    private readonly container: Container,
  ) {}

  async start(machine: MachineRef, job: JobSpec, token: string, spec: Pick<ContainerSpec, "environment" | "standIns">): Promise<JobRef> {
    const paths = jobPaths(this.container.folders, token);
    const folder = `${machine.jobsFolder}/${paths.id}`;
    await writeFile(startedMark(paths), "", { mode: 0o600 });
    await writeJobFolder(paths, jobScript(job, spec, { folder, standInsFolder: standInsFolder(machine) }), job.files);
    if ((await this.#exitCode(paths)) === undefined && !isCancelled(paths))
      await this.dialect.startJob(this.container, paths, ["/bin/sh", `${folder}/${JOB_FILE.script}`]);
    return { machine, id: paths.id };
  }

  async read(job: JobRef, cursor: JobCursor): Promise<JobReading> {
    const paths = jobPaths(this.container.folders, job);
    if (!hasNews(paths.folder, cursor) && !isCancelled(paths) && (await this.dialect.isJobAlive(this.container, paths)))
      return { ...NOTHING_NEW, cursor };
    return this.#inside(job, paths, async (folder) => {
      // asked before the files are read, so that nothing that was written before the end is missed
      const state = await this.#state(paths, folder);
      return { ...(await readJobFiles(folder, cursor)), state };
    });
  }

  async cancel(job: JobRef): Promise<void> {
    const paths = jobPaths(this.container.folders, job);
    // what the job itself has written, or removed, must not save it
    if (!existsSync(startedMark(paths))) return;
    if ((await this.#exitCode(paths)) === undefined) {
      // written first, so that whoever reads the job while it dies sees why
      await writeFile(cancelledMark(paths), "", { mode: 0o600 });
    } else if (!(await this.dialect.isJobAlive(this.container, paths))) return;
    await this.dialect.stopJob(this.container, paths);
  }

  async cancelAll(machine: MachineRef): Promise<void> {
    await Promise.all((await this.#ids()).map((id) => this.cancel({ machine, id })));
  }

  /** Throws job-running while a job runs. */
  async requireEnd(machine: MachineRef): Promise<void> {
    for (const id of await this.#ids()) {
      const paths = jobPaths(this.container.folders, { machine, id });
      if ((await this.#exitCode(paths)) === undefined && (await this.dialect.isJobAlive(this.container, paths)))
        throw buildHostError("job-running", { machine: machine.id, job: id });
    }
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

  /** The jobs of which a start was tried. */
  async #ids(): Promise<string[]> {
    const names = await readdir(this.container.folders.control);
    return names.filter((name) => name.endsWith(STARTED)).map((name) => name.slice(0, -STARTED.length));
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

const NOTHING_NEW: Omit<JobReading, "cursor"> = {
  ...{ eventLines: [], stdout: new Uint8Array(), stderr: new Uint8Array() },
  ...{ state: { kind: "running" }, more: false },
};

const STARTED = ".job";

function startedMark({ control }: JobPaths): string {
  return `${control}${STARTED}`;
}

function cancelledMark({ control }: JobPaths): string {
  return `${control}.cancelled`;
}

function isCancelled(paths: JobPaths): boolean {
  return existsSync(cancelledMark(paths));
}
