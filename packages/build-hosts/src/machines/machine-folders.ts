import { join } from "node:path";
import { jobId } from "../names.js";
import type { JobRef, MachineRef } from "../port/refs.js";

/** The folders of this computer that belong to a machine whose job folders are shared with it. */
export interface MachineFolders {
  /** Holds all the others; removed with the machine. */
  readonly root: string;
  /** Shared with the machine, which can write to it: read it only through `openInside`. */
  readonly jobs: string;
  /** Not shared: what this computer knows of the machine and its jobs. */
  readonly control: string;
  /** The launch's scripts that stand in for programs. Shared with the machine, which cannot write to it. */
  readonly standIns: string;
  /** The description of the machine. */
  readonly description: string;
}

export function machineFolders(stateFolder: string, id: string): MachineFolders {
  const root = join(stateFolder, "machines", id);
  const [jobs = "", control = "", standIns = ""] = ["jobs", "control", "stand-ins"].map((name) => join(root, name));
  return { root, jobs, control, standIns, description: join(root, "machine.json") };
}

/** Where a machine sees the scripts that stand in for programs. */
export function standInsFolder({ toolsFolder }: Pick<MachineRef, "toolsFolder">): string {
  return `${toolsFolder}/stand-ins`;
}

/** The paths of this computer that belong to a job. */
export interface JobPaths {
  /** The name of its folder below `jobs`. */
  readonly id: string;
  readonly folder: string;
  /** A prefix for files about the job that are not shared. */
  readonly control: string;
}

export function jobPaths(folders: MachineFolders, job: JobRef | string): JobPaths {
  const id = typeof job === "string" ? jobId(job) : job.id;
  return { id, folder: join(folders.jobs, id), control: join(folders.control, id) };
}
