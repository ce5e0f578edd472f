/**
 * A machine that a build host has launched. Plain data: stored by one process, it is used by another after the first has died.
 */
export interface MachineRef {
  /** The name of the host that launched it. */
  readonly host: string;
  /** Unique among all machines of the host, and the same for each launch with one owner and token. */
  readonly id: string;
  /** The folder in the machine below which each job has its own, an absolute path. It is never part of an image. */
  readonly jobsFolder: string;
  /** The folder in the machine with the `tools` of its launch, an absolute path, read-only. It is never part of an image. */
  readonly toolsFolder: string;
}

/** A command that runs, or ran, in a machine, whether or not anybody listens. Plain data, as a `MachineRef` is. */
export interface JobRef {
  readonly machine: MachineRef;
  /** The same for each start with one token. */
  readonly id: string;
}

/** An image that a build host has made. */
export type ImageRef = OciImageRef;

export interface OciImageRef {
  readonly kind: "oci";
  /** The temporary name by which its engine finds it, until `keepImage` gives it a permanent one. */
  readonly reference: string;
  readonly id: string;
  /** The digest of its manifest, `sha256:…`; its id if the engine keeps no manifest. */
  readonly digest: string;
  /** Operating system and architecture, such as `linux/amd64`. */
  readonly platform: string;
  /** Its creation time according to its configuration, in ISO 8601. */
  readonly createdAt: string;
}
