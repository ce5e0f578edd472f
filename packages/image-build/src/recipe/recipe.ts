import type { SourceFile, Span } from "@imagewright/diagnostics";

/**
 * A recipe: a parent image and the components that are applied to it. The keys are those of the service's container recipe. Source: chapter
 * 27.
 */
export interface Recipe {
  readonly source: SourceFile;
  readonly name: string;
  /** `major.minor.patch`, each 0 to 2^30 - 1. */
  readonly semanticVersion: string;
  readonly description: string | undefined;
  readonly parentImage: string;
  /** The working directory of component commands, and the value of WORKING_DIRECTORY. */
  readonly workingDirectory: string;
  readonly components: readonly RecipeComponent[];
  readonly tags: Readonly<Record<string, string>>;
  readonly container: ContainerSettings;
  /**
   * The repository to which a distribution pushes the image; a build does not. Undefined if the recipe has none, or leaves its name open.
   */
  readonly targetRepository: TargetRepository | undefined;
}

export interface TargetRepository {
  readonly service: "ECR";
  readonly repositoryName: string;
}

export interface RecipeComponent {
  /** The component document as named in the recipe: a path relative to the recipe's folder, an `s3://` address or an ARN. */
  readonly document: string;
  /** The document itself, where the recipe's own file has it: a CloudFormation template with the component. */
  readonly source?: SourceFile;
  readonly semanticVersion: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly documentSpan: Span;
  readonly parameterSpans: ReadonlyMap<string, Span>;
}

/** The defaults of containers that are started from the image. */
export interface ContainerSettings {
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly exposedPorts?: readonly number[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly user?: string;
  readonly workingDirectory?: string;
}
