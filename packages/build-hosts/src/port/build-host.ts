import type { Cancellable } from "../cancellable.js";
import type { Capabilities } from "./capabilities.js";
import type { Collection, CollectRequest } from "./collect.js";
import type { ImageOutput } from "./image-output.js";
import type { Isolation } from "./isolation.js";
import type { JobCursor, JobReading, JobSpec } from "./job.js";
import type { LaunchSpec } from "./launch-spec.js";
import type { ImageRef, JobRef, MachineRef } from "./refs.js";
import type { ShellCommand } from "./shell-command.js";

/**
 * A place where builds run. All it takes and returns is plain data, so that a process that was killed can be followed by another: each call
 * may be repeated with the same token, in any process, and has its effect once.
 */
export interface BuildHost {
  /** Such as "buildah", "docker" or "podman". */
  readonly name: string;
  readonly capabilities: Capabilities;
  /** What keeps the jobs of its machines from the computer that they run on. */
  readonly isolation: Isolation;
  /**
   * Starts a machine, or returns the one that was started with this owner and token. It is recorded before it exists.
   * Errors: not-supported, image-not-found, disk-full, engine-failed.
   */
  launch(spec: LaunchSpec, request: Request): Promise<MachineRef>;
  /**
   * The machine that was launched with this owner and token; undefined if there is none, or it was terminated. One whose launch was
   * interrupted is found as well: it accepts no jobs, and can be terminated.
   */
  findMachine(request: Pick<Request, "owner" | "token">): Promise<MachineRef | undefined>;
  /**
   * Starts a command in the machine, or returns the job that was started with this token; tokens of jobs are unique in their machine. The
   * job goes on when this process ends. Errors: machine-not-found, path-not-found, disk-full, engine-failed.
   */
  startJob(machine: MachineRef, job: JobSpec, token: string): Promise<JobRef>;
  /** Reads what is new since the cursor; never waits for more. See `followJob`. Errors: job-not-found, job-too-large. */
  readJob(job: JobRef, cursor: JobCursor): Promise<JobReading>;
  /** Ends a job with all its processes, and waits until they are gone. Nothing if it has ended, or its machine is gone. */
  cancelJob(job: JobRef): Promise<void>;
  /**
   * Copies files of the job's folder to this computer: regular files only, of the names asked for, up to limits. Errors: job-not-found,
   * disk-full.
   */
  collect(job: JobRef, request: CollectRequest): Promise<Collection>;
  /**
   * Makes an image of the machine, or returns the one that was made with this owner and token. No job may be running; a machine whose image
   * was made accepts no more jobs. Errors: not-supported, machine-not-found, disk-full, engine-failed.
   */
  createImage(machine: MachineRef, output: ImageOutput, request: Request): Promise<ImageRef>;
  /** Ends all jobs of the machine, and starts its system again where the capabilities say so. Errors: machine-not-found. */
  restart(machine: MachineRef): Promise<void>;
  /** The command with which a person opens a shell as root in the machine. Errors: machine-not-found. */
  shellCommand(machine: MachineRef): Promise<ShellCommand>;
  /** Ends all processes of the machine, and removes it with the folders of its jobs. Nothing if it is gone. Errors: engine-failed. */
  terminate(machine: MachineRef): Promise<void>;
  /**
   * Removes the machines, unkept images and folders that were recorded by owners other than these, and returns them. Owners are asked for
   * after the records are read, so that an owner that appears meanwhile is safe. One that cannot be removed does not prevent the removal of
   * the others; its failure is thrown at the end.
   */
  removeOrphans(liveOwners: OwnerSet): Promise<readonly Leftover[]>;
}

/** Some owners: a set, or what decides about each when it is asked. */
export type OwnerSet = Pick<ReadonlySet<string>, "has">;

/** Who makes a call, and which of its calls it is. */
export interface Request extends Cancellable {
  /** The execution that owns what is made: `removeOrphans` spares it while the execution lives. */
  readonly owner: string;
  /** Unique among the calls of the owner. */
  readonly token: string;
}

/** A machine, image or folder that is or was recorded for an owner. */
export interface Leftover {
  readonly kind: "machine" | "image" | "folder";
  readonly name: string;
  readonly owner: string;
  /** When it was recorded, in ISO 8601. */
  readonly startedAt: string;
}
