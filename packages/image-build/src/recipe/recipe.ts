import type { SourceFile, Span } from "@imagewright/diagnostics";
import type { Api } from "@imagewright/imagebuilder-model";

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
  /** Undefined if the recipe has none, so that the default workflows are meant. */
  readonly workflows: readonly RecipeWorkflow[] | undefined;
  /** The folder with the documents for RunCommand besides those that are always there, relative to the recipe's folder. */
  readonly commandDocuments: NamedFolder | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly container: ContainerSettings;
  /**
   * The repository to which a distribution pushes the image; a build does not. Undefined if the recipe has none, or leaves its name open.
   */
  readonly targetRepository: TargetRepository | undefined;
}

export interface NamedFolder {
  readonly path: string;
  readonly span: Span;
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

/** One item of `workflows`. Source: API model, `WorkflowConfiguration`. */
export interface RecipeWorkflow {
  /** The workflow document as named in the recipe: a path relative to the recipe's folder, an `s3://` address, or the ARN of a workflow. */
  readonly document: string;
  /** As the recipe says it, or its ARN. */
  readonly type: Api.WorkflowType | undefined;
  readonly parameters: ReadonlyMap<string, readonly string[]>;
  readonly parallelGroup: string | undefined;
  readonly onFailure: Api.OnWorkflowFailure | undefined;
  readonly documentSpan: Span;
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
