import type { SourceFile, Span } from "@imagewright/diagnostics";

/** A recipe: the parent image and the components that make an image of it. The keys are those of the service's container recipe. */
export interface Recipe {
  readonly source: SourceFile;
  readonly name: string;
  /** `major.minor.patch`, each 0 to 2^30 - 1. */
  readonly semanticVersion: string;
  readonly description: string | undefined;
  readonly parentImage: string;
  /** Where the commands of components run, and what WORKING_DIRECTORY says. */
  readonly workingDirectory: string;
  readonly components: readonly RecipeComponent[];
  readonly tags: Readonly<Record<string, string>>;
  readonly container: ContainerSettings;
}

export interface RecipeComponent {
  /** The component document as the recipe names it: a path from the recipe's folder, an `s3://` address or an ARN. */
  readonly document: string;
  readonly semanticVersion: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly documentSpan: Span;
  readonly parameterSpans: ReadonlyMap<string, Span>;
}

/** What a container started from the image does unless it is told otherwise. */
export interface ContainerSettings {
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly exposedPorts?: readonly number[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly user?: string;
}
