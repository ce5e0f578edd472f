import type { Cancellable } from "../cancellable.js";
import type { ImportSource } from "../port/container-host.js";
import type { OciOutput } from "../port/image-output.js";
import type { Isolation } from "../port/isolation.js";
import type { ShellCommand } from "../port/shell-command.js";
import type { OciImageRef } from "../port/refs.js";
import type { JobPaths, MachineFolders } from "../machines/machine-folders.js";

/** A file or folder of this computer that a container sees. */
export interface ContainerMount {
  readonly source: string;
  /** An absolute path in the container. */
  readonly target: string;
  readonly isReadOnly: boolean;
}

/** A container as its dialect needs it: by name, with the folders that belong to it. */
export interface Container {
  readonly name: string;
  readonly folders: MachineFolders;
  readonly mounts: readonly ContainerMount[];
}

/** What a call may use on its way: recorded, and removed at its end, by a later process if need be. */
export interface CallFolder extends Cancellable {
  /** An empty folder. */
  readonly folder: string;
}

/** As a `CallFolder`, with names for more. */
export interface CallScratch extends CallFolder {
  /** A unique name, the last part of the folder, for a container, and for an image as `localhost/<name>:latest`. */
  readonly name: string;
  /** The container of that name, whether there is one or not, for the lock of lasting calls. */
  readonly container: Container;
}

export interface CommitOptions extends Cancellable {
  /** An empty folder for the blobs of the image that are new, where an engine can leave them: its export is faster with them. */
  readonly blobs: string;
}

/** Where an export may find blobs of the image. None has to be there, or to be right. */
export interface KnownBlobs {
  /** The folder that `commit` was given. */
  readonly blobs?: string | undefined;
  /** An OCI layout with some of the same layers. */
  readonly similar?: string | undefined;
}

/** The commands of one container engine. All fail with the errors of this package. */
export interface Dialect {
  /** The engine's command. */
  readonly name: string;
  readonly isolation: Isolation;
  /** Where containers see their jobs and tools: absolute paths that no image is expected to use. */
  readonly jobsFolder: string;
  readonly toolsFolder: string;

  /** Makes and starts a container in which jobs can run. One of that name that is there already is removed first. */
  start(container: Container, image: string, options: Cancellable): Promise<void>;
  /** Whether the engine has the container, and jobs can be started in it. */
  hasContainer(container: Container): Promise<boolean>;
  /** Ends all processes of the container; jobs can be started in it afterwards. */
  restart(container: Container): Promise<void>;
  /** Removes the container with all its processes. A missing one is not an error. */
  remove(container: Container): Promise<void>;
  /** Removes a folder that the container could write to, whose files may belong to users that only the engine can remove. */
  removeFolder(path: string): Promise<void>;

  /** The command with which a person opens a shell as root in the container. */
  shellCommand(container: Container): ShellCommand;

  /**
   * Starts the job's script as root, detached from this process, and returns once that is certain. `words` is the command line in the
   * container. Started a second
   * time, by whatever process, the script ends at once; what tells whether the job lives must not be changed by that.
   */
  startJob(container: Container, job: JobPaths, words: readonly string[]): Promise<void>;
  /** Whether the job's processes may still be there; called only for a job that was started and has left no exit code. */
  isJobAlive(container: Container, job: JobPaths): Promise<boolean>;
  /** Why a job is gone that has left no exit code, if the engine has said so: its last lines, safe to print. */
  whyJobEnded(container: Container, job: JobPaths): Promise<string | undefined>;
  /** Ends a job with all its processes, and waits until they are gone. Where that is impossible, it ends all processes of the container. */
  stopJob(container: Container, job: JobPaths): Promise<void>;

  /**
   * Makes an image of the container, without its mounts and their mount points, and describes it. What `output` leaves out is the parent's.
   * Undefined if the name has been taken away again.
   */
  commit(container: Container, image: string, output: OciOutput, options: CommitOptions): Promise<OciImageRef | undefined>;
  inspectImage(reference: string): Promise<OciImageRef | undefined>;
  listTags(repository: string): Promise<readonly string[]>;
  tag(reference: string, name: string): Promise<void>;
  /** A missing name is not an error. */
  untag(reference: string): Promise<void>;
  /** Removes the image with this id if it has no name and no container uses it. */
  removeUnnamed(id: string): Promise<void>;
  pull(reference: string, options: Cancellable): Promise<void>;
  importImage(source: ImportSource, name: string, scratch: CallScratch): Promise<void>;
  /** Writes an OCI layout into a new or empty folder. */
  exportImage(image: OciImageRef, folder: string, scratch: CallFolder, known: KnownBlobs): Promise<void>;
  /** A folder of this computer that all who use this engine's store share, for a lock. */
  lockFolder(): Promise<string>;
}
