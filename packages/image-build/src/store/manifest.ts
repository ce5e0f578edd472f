import type { Api } from "@imagewright/imagebuilder-model";
import type { InstalledPackage, PhaseRecord } from "@imagewright/step-actions";

/** The content of image.json. Times are ISO 8601 in UTC, durations are in seconds. */
export interface ImageManifest {
  readonly name: string;
  readonly version: string;
  readonly buildVersion: number;
  readonly description?: string;
  /** The id of the build that made it. */
  readonly build: string;
  readonly created: string;
  /** Such as `linux/amd64`. */
  readonly platform: string;
  readonly engine: string;
  /** The image's name in the engine's store. */
  readonly tag: string;
  /** The digest of the image's manifest in the OCI layout. */
  readonly digest: string;
  /** The folder with the OCI image layout. */
  readonly ociLayout: string;
  /** The reference in the recipe, the image in the engine's store that it resolved to, and its digest. */
  readonly parentImage: { readonly reference: string; readonly image: string; readonly digest: string };
  readonly components: readonly ManifestComponent[];
  /** In the order in which they began; those of a test group ran side by side. */
  readonly workflows: readonly ManifestWorkflow[];
  readonly phases: readonly PhaseRecord[];
  /** The operating system of the machine that the image was made of, as in `Debian GNU/Linux 12`. */
  readonly osVersion?: string;
  /** The packages of that machine, sorted by name. */
  readonly packages?: readonly InstalledPackage[];
  /** Of each stage that ran. `test` and `export` run side by side. */
  readonly durations: Readonly<Record<string, number>>;
  /** From the start of the build to its end, including the time between an interruption and its continuation. */
  readonly elapsedSeconds: number;
  readonly logFolder: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ManifestWorkflow {
  readonly name: string;
  readonly type: Api.WorkflowType;
  readonly document: string;
  readonly digest: string;
  readonly status: Api.WorkflowExecutionStatus;
}

export interface ManifestComponent {
  readonly name: string;
  readonly version: string;
  readonly document: string;
  readonly digest: string;
  readonly parameters: Readonly<Record<string, string>>;
}
