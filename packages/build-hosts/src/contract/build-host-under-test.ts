import type { BuildHost } from "../port/build-host.js";
import type { ContainerHost } from "../port/container-host.js";
import type { ImageOutput } from "../port/image-output.js";
import type { LaunchSpec } from "../port/launch-spec.js";
import type { ImageRef, JobRef } from "../port/refs.js";

/** A build host with what the contract test must know of it. */
export interface BuildHostUnderTest {
  readonly host: BuildHost;
  /** The same host, if its images are OCI images. */
  readonly containerHost?: ContainerHost;
  /** Where such a host keeps its state. */
  readonly stateFolder?: string;
  /** What to launch: Linux with a POSIX shell and the usual small tools, as busybox has them. */
  readonly spec: LaunchSpec;
  /** What to launch from an image that the host has created. */
  readonly specFrom: (image: ImageRef) => LaunchSpec;
  /** An image that the host can create, without settings. */
  readonly output: ImageOutput;
  readonly removeImage: (image: ImageRef) => Promise<void>;
  /** The namespaces of this computer by their kind, such as `pid: "pid:[4026531836]"`, if machines share its kernel. */
  readonly namespaces?: Readonly<Record<string, string>>;
  /** The processes of the engine, if it has any on this computer that write temporary files. */
  readonly engineProcesses?: EngineProcesses;
  /** The text of an ES module that exports `host`: the same host for another process of this computer. */
  readonly hostModule: string;
  /** Ends what runs a job, from outside of its machine and without the host, as the crash of an engine would. */
  readonly killJob: (job: JobRef) => Promise<void>;
  /** All that the host has now, one text each: machines, images, mounts, processes, folders of its state. */
  readonly listResources: () => Promise<readonly string[]>;
  readonly cleanUp: () => Promise<void>;
}

/** Processes of an engine that write temporary files into one of some folders, or below it. */
export interface EngineProcesses {
  /** Their process ids. */
  readonly writingTo: (folders: readonly string[]) => readonly number[];
  /** Kills them, and returns when they are gone. */
  readonly kill: (folders: readonly string[]) => Promise<void>;
}

/** Makes the host that is tested, with a state of its own. */
export type MakeBuildHost = () => Promise<BuildHostUnderTest>;

/**
 * The chapters of the contract that not every host can pass. "isolation": machines share the kernel of this computer, and are kept from it.
 * "temporary files": an engine of this computer writes such files.
 */
export type Chapter = "lost jobs" | "OCI images" | "killed callers" | "isolation" | "temporary files";

/** The chapters that a host leaves out, with the reason, which is shown with the skipped tests. */
export type LeftOutChapters = Readonly<Partial<Record<Chapter, string>>>;
