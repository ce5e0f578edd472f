import type { Api } from "@imagewright/imagebuilder-model";

/** What an entry with a document has in common with others. */
export interface CatalogueDocument {
  readonly name: string;
  /** Such as `1.0.0`. */
  readonly semanticVersion: string;
  readonly description?: string;
  /** The document. */
  readonly text: string;
  /** The file that it was read from; undefined for one that comes with the program. */
  readonly file?: string;
}

/** A component that comes with the service. */
export interface CatalogueComponent extends CatalogueDocument {
  readonly platform: Api.Platform;
  readonly supportedOsVersions?: readonly string[];
}

/** A workflow that comes with the service. */
export interface CatalogueWorkflow extends CatalogueDocument {
  readonly type: Api.WorkflowType;
}

/** A Debian that recipes name as their base image. Its versions are the dates at which the mirror released it. */
export interface BaseImage {
  readonly name: string;
  readonly description: string;
  readonly platform: Api.Platform;
  /** As the metadata of an image has it: name and version. */
  readonly osVersion: string;
  /** The suite on Debian's mirrors whose release dates are the versions. */
  readonly suite: string;
  /** What a machine of it is launched from, as recipes of containers name their parent image. */
  readonly parentImage: string;
}

/** What comes with the service, whose owner is `aws` in ARNs. */
export interface Catalogue {
  readonly components: readonly CatalogueComponent[];
  readonly workflows: readonly CatalogueWorkflow[];
  readonly baseImages: readonly BaseImage[];
}
