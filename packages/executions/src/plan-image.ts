import { standardRegistry as registry } from "@imagewright/action-modules";
import type { ChosenSources, ClaimedImage, ControlPlane } from "@imagewright/control-plane";
import { hasErrors, SourceFile, type Diagnostic, type Span } from "@imagewright/diagnostics";
import {
  checkPlanOnHost,
  DEFAULT_WORKING_DIRECTORY,
  planRecipe,
  typeInArn,
  type BuildPlan,
  type PlannedWorkflow,
  type Recipe,
  type RecipeComponent,
  type RecipeWorkflow,
} from "@imagewright/image-build";
import { readDockerfile } from "@imagewright/image-build/dockerfile";
import type { Api } from "@imagewright/imagebuilder-model";
import { executionError } from "./errors.js";
import { parentImageOf } from "./parent-image.js";
import { NamedResources } from "./resources.js";

/** A plan, and what was chosen for it of what the recipe names. */
export interface PlanOfImage {
  readonly plan: BuildPlan;
  readonly chosen: ChosenSources;
}

/**
 * Makes the plan of an image from the copies of recipe and configuration that it has. What they name by wildcards is chosen now.
 * Errors: no-host, resource-not-usable, parent-refused, parent-without-container, faults-in-recipe.
 */
export async function planOfImage(plane: ControlPlane, image: ClaimedImage, host: { readonly name: string }): Promise<PlanOfImage> {
  if (image.originProblem !== undefined) throw executionError("resource-not-usable", { arn: image.arn, cause: image.originProblem });
  const { containerRecipe } = image.origin;
  if (containerRecipe === undefined) throw executionError("no-host", { type: image.detail.type });
  const resources = new NamedResources(plane, image);
  const parent = await parentImageOf(plane, image, resources);
  const recipe = await recipeOf(image, containerRecipe, { resources, parentImage: parent.reference });
  const { plan, diagnostics } = await planRecipe(recipe, {
    ...{ registry, load: resources.load, loadWorkflow: resources.load, copiesLocalDocuments: false },
  });
  const faults =
    plan === undefined ? diagnostics : checkPlanOnHost(plan, { host: host.name, hasTestMachines: false, allowHostTests: false });
  if (plan === undefined || hasErrors(faults)) throw executionError("faults-in-recipe", { faults: describe(faults) });
  return {
    plan: { ...plan, workflows: await workflowsOf(image, plan.workflows, resources) },
    chosen: { parentImage: parent.arn, components: recipe.components.map(({ document }) => document) },
  };
}

function describe(faults: readonly Diagnostic[]): string {
  return faults
    .filter(({ severity }) => severity === "error")
    .map(({ span, message }) => `${span.source.name}: ${message}`)
    .join("; ");
}

interface Resolved {
  readonly resources: NamedResources;
  readonly parentImage: string;
}

async function recipeOf(image: ClaimedImage, given: Api.ContainerRecipe, { resources, parentImage }: Resolved): Promise<Recipe> {
  const source = new SourceFile(given.arn ?? image.arn, given.dockerfileTemplateData ?? "");
  const place: Span = { source, start: 0, end: 0 };
  const components: RecipeComponent[] = [];
  for (const { componentArn = "", parameters = [] } of given.components ?? []) {
    const { arn, version } = await resources.component(componentArn);
    const values = parameters.map(({ name = "", value = [] }) => [name, value[0] ?? ""] as const);
    components.push({
      ...{ document: arn, semanticVersion: version, documentSpan: place, parameters: new Map(values) },
      parameterSpans: new Map(values.map(([name]) => [name, place])),
    });
  }
  return {
    ...{ source, name: image.name, semanticVersion: image.version, description: given.description, parentImage, components },
    ...{ workingDirectory: given.workingDirectory ?? DEFAULT_WORKING_DIRECTORY, tags: image.tags },
    workflows: await workflowsIn(image, resources, place),
    ...{ container: readDockerfile(source).settings, commandDocuments: undefined, targetRepository: undefined },
  };
}

async function workflowsIn(
  { detail }: ClaimedImage,
  resources: NamedResources,
  place: Span,
): Promise<readonly RecipeWorkflow[] | undefined> {
  if (detail.workflows === undefined || detail.workflows.length === 0) return undefined;
  const workflows: RecipeWorkflow[] = [];
  for (const { workflowArn, parameters = [], parallelGroup, onFailure } of detail.workflows) {
    const document = await resources.workflow(workflowArn);
    workflows.push({
      ...{ document, type: typeInArn(document), parallelGroup, onFailure, documentSpan: place },
      parameters: new Map(parameters.map(({ name, value }) => [name, value])),
    });
  }
  return workflows;
}

/** Without those for tests, where these are switched off; the default ones under the ARNs that they have in the service. */
async function workflowsOf(
  { arn, region, detail }: ClaimedImage,
  planned: readonly PlannedWorkflow[],
  resources: NamedResources,
): Promise<readonly PlannedWorkflow[]> {
  const isTested = detail.imageTestsConfiguration?.imageTestsEnabled !== false;
  const [, partition] = arn.split(":");
  const workflows: PlannedWorkflow[] = [];
  for (const workflow of planned.filter(({ type }) => isTested || type !== "TEST")) {
    const own = `arn:${partition}:imagebuilder:${region}:aws:workflow/${workflow.type.toLowerCase()}/${workflow.name}`;
    const path = workflow.isDefault ? await resources.workflow(`${own}/x.x.x`).catch(() => `${own}/1.0.0/1`) : workflow.path;
    workflows.push({ ...workflow, path });
  }
  return workflows;
}
