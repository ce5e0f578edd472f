/** What kind of image to create, with its settings. A host refuses a kind that its capabilities do not list. */
export type ImageOutput = OciOutput | DiskOutput | AmiOutput;

/**
 * The configuration of a container image. Omitted settings are the parent image's, also its user, entry point, environment and labels;
 * labels and variables are added to the parent's.
 */
export interface OciOutput {
  readonly kind: "oci";
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly command?: readonly string[] | undefined;
  readonly entrypoint?: readonly string[] | undefined;
  /** Such as "443" or "53/udp". */
  readonly exposedPorts?: readonly string[] | undefined;
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly workingDirectory?: string | undefined;
  readonly user?: string | undefined;
}

export interface DiskOutput {
  readonly kind: "disk";
  readonly format: "qcow2" | "raw";
}

export interface AmiOutput {
  readonly kind: "ami";
  readonly name: string;
  readonly description?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}
