/** What to launch: a container, or a computer with a disk. A host refuses a kind or a setting that its capabilities do not list. */
export type LaunchSpec = ContainerSpec | ComputerSpec;

interface CommonSpec {
  /** For all jobs, in addition to what the image sets. Not part of a created image. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /**
   * Files of this computer by the names that they get in the machine's tools folder, such as `ib-agent`. They can be executed there, and
   * are
   * shared rather than copied where the host can.
   */
  readonly tools?: Readonly<Record<string, string>> | undefined;
  /**
   * Scripts by name, for programs that an image may lack. A job that starts without one of these programs has the scripts behind all else
   * on its PATH: so a program that is installed later is taken instead. Which are missing is in the file `stand-ins` of the job's folder,
   * one a line.
   */
  readonly standIns?: Readonly<Record<string, string>> | undefined;
}

export interface ContainerSpec extends CommonSpec {
  readonly kind: "container";
  /** Name or id of an image in the engine's store. */
  readonly image: string;
}

export interface ComputerSpec extends CommonSpec {
  readonly kind: "computer";
  /** The disk image that it starts from: a path, or what else the host understands. */
  readonly image: string;
  /** Processors; the host's default if undefined. */
  readonly cpus?: number | undefined;
  readonly memoryMiB?: number | undefined;
  /** The size of the first disk; that of the image if undefined. */
  readonly diskGiB?: number | undefined;
  /** Read by cloud-init or its like at the first start. */
  readonly userData?: string | undefined;
  /** `none` cuts it off from every network. */
  readonly network?: "default" | "none" | undefined;
}
