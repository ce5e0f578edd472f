import type { CommandDocument, CopiedDocument, GivenParameter, PlannedPhase } from "@imagewright/step-actions";
import type { Api } from "@imagewright/imagebuilder-model";
import type { Recipe } from "../recipe/recipe.js";

/** Everything that is determined before a build starts. Plain data, which is stored for the process that continues the build. */
export interface BuildPlan {
  readonly recipe: PlannedRecipe;
  readonly components: readonly PlannedComponent[];
  /** The workflows that make the image: those of the recipe in its order, or the default ones. */
  readonly workflows: readonly PlannedWorkflow[];
  /** The documents for RunCommand besides those that are always there, by name. */
  readonly commandDocuments?: Readonly<Record<string, CommandDocument>>;
  /** The documents on this machine that are copied into the container for ExecuteDocument. */
  readonly nestedDocuments: readonly CopiedDocument[];
}

/** The settings of a recipe that a build needs. */
export interface PlannedRecipe extends Pick<
  Recipe,
  "name" | "semanticVersion" | "parentImage" | "workingDirectory" | "tags" | "container"
> {
  /** Relative to the folder that was current, as it was given. */
  readonly path: string;
  readonly description?: string;
}

export interface PlannedComponent {
  readonly name: string;
  readonly version: string;
  /** The document relative to the folder that was current: a path, an `s3://` address or an ARN. */
  readonly path: string;
  readonly text: string;
  /** `sha256:…` of the text. */
  readonly digest: string;
  readonly phases: readonly PlannedPhase[];
  /** The parameters that the document defines. */
  readonly definedParameters: readonly string[];
  /** The values that the recipe gives, in its order. */
  readonly parameters: readonly GivenParameter[];
}

export interface PlannedWorkflow {
  /** That of the document, or of its file; with a number if an earlier one has it too. */
  readonly name: string;
  readonly type: Api.WorkflowType;
  /** The document relative to the folder that was current: a path, an `s3://` address or an ARN. */
  readonly path: string;
  readonly text: string;
  /** `sha256:…` of the text. */
  readonly digest: string;
  /** Whether it is there because the recipe names no workflows. */
  readonly isDefault: boolean;
  /** The values that the recipe gives, in its order. */
  readonly parameters: readonly { readonly name: string; readonly value: readonly string[] }[];
  readonly parallelGroup?: string;
  readonly onFailure?: Api.OnWorkflowFailure;
}

/** The phases of the two stages: those in the working container, and those in a new one from the created image. */
export const BUILD_PHASES = ["build", "validate"];
export const TEST_PHASES = ["test"];

/** The phases that ExecuteComponents runs in a workflow of this type. */
export function phasesFor(type: Api.WorkflowType): readonly string[] {
  return type === "TEST" ? TEST_PHASES : BUILD_PHASES;
}
