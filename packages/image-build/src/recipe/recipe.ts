import type { SourceFile, Span } from "@imagewright/diagnostics";

/** A recipe: the parent image and the components that make an image of it. The keys are those of the service's container recipe. Source: chapter 27. */
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
  /** The repository to which a distribution pushes the image; a build does not. Undefined where the recipe has none, or leaves its name open. */
  readonly targetRepository: TargetRepository | undefined;
}

export interface TargetRepository {
  readonly service: "ECR";
  readonly repositoryName: string;
}

export interface RecipeComponent {
  /** The component document as the recipe names it: a path from the recipe's folder, an `s3://` address or an ARN. */
  readonly document: string;
  /** The document itself, where the recipe's own file has it: a CloudFormation template with the component. */
  readonly source?: SourceFile;
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
  readonly labels?: Readonly<Record<string, string>>;
  readonly user?: string;
  readonly workingDirectory?: string;
}
