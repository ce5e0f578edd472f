import { dirname } from "node:path";
import type { ActionRegistry } from "@imagewright/action-contract";
import {
  checkComponents,
  joinFaults,
  loadLocalDocument,
  localLoader,
  prepareComponents,
  type DocumentLoader,
} from "@imagewright/component-runner";
import { DiagnosticCollector, hasErrors, isImagewrightError, unknownName, type Diagnostic } from "@imagewright/diagnostics";
import type { CheckedDocument, ComponentDocument } from "@imagewright/document-engine";
import type { PlannedPhase } from "@imagewright/step-actions";
import { readRecipe } from "../recipe/read-recipe.js";
import type { Recipe, RecipeComponent } from "../recipe/recipe.js";
import { BUILD_PHASES, TEST_PHASES, type BuildPlan, type PlannedComponent, type PlannedRecipe } from "./build-plan.js";
import { digestOf } from "./digest.js";
import { resolveLocation } from "./locations.js";
import { nameOfDocument } from "./name-of-document.js";
import { gatherNestedDocuments } from "./nested-documents.js";
import type { PlannedWorkflows } from "./plan-workflows.js";
import { planCommandDocuments } from "./plan-command-documents.js";
import { plannedDefaults } from "./planned-defaults.js";

const loadRecipe = localLoader("recipe");

export interface PlanBuildResult {
  /** Undefined if there are errors. */
  readonly plan: BuildPlan | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a recipe and its component and workflow documents and reports all faults that can be found before the build.
 * `load` and `loadWorkflow` load the documents of the two kinds, and decide which locations besides paths a recipe may name. Throws only if
 * the recipe itself cannot be read.
 */
export async function planBuild(
  recipePath: string,
  registry: ActionRegistry,
  load: DocumentLoader = loadLocalDocument,
  loadWorkflow: DocumentLoader = localLoader("workflow document"),
): Promise<PlanBuildResult> {
  const { recipe, diagnostics } = readRecipe(await loadRecipe(recipePath));
  if (recipe === undefined) return { plan: undefined, diagnostics };
  const planned = await planRecipe(recipe, { registry, load, loadWorkflow, copiesLocalDocuments: true });
  return { plan: hasErrors(diagnostics) ? undefined : planned.plan, diagnostics: [...diagnostics, ...planned.diagnostics] };
}

export interface RecipeParts {
  readonly registry: ActionRegistry;
  /** Loads the documents of components. */
  readonly load: DocumentLoader;
  readonly loadWorkflow: DocumentLoader;
  /** Whether documents on this machine that components name are copied into the container: not for recipes of other people. */
  readonly copiesLocalDocuments: boolean;
}

/** The same for a recipe that has been read. */
export async function planRecipe(recipe: Recipe, parts: RecipeParts): Promise<PlanBuildResult> {
  const { registry, load, loadWorkflow, copiesLocalDocuments } = parts;
  const found: Diagnostic[] = [];
  const components: ReadComponent[] = [];
  for (const component of recipe.components) {
    const read = await readComponent(component, recipe, { registry, load });
    found.push(...read.diagnostics);
    if (read.component !== undefined) components.push(read.component);
  }
  const { nested, diagnostics: faults } = await gatherNestedDocuments(
    copiesLocalDocuments ? components.map(({ document }) => document) : [],
    dirname(recipe.source.name),
  );
  found.push(...faults);
  const { workflows, diagnostics: faultsOfWorkflows } = await workflowsOf(recipe, loadWorkflow);
  found.push(...faultsOfWorkflows);
  const { diagnostics: faultsOfCommands, ...commands } = await planCommandDocuments(recipe);
  found.push(...faultsOfCommands);
  const documents = { components: components.map(toPlannedComponent), workflows, nestedDocuments: nested, ...commands };
  return {
    plan: hasErrors(found) ? undefined : { recipe: toPlannedRecipe(recipe), ...documents },
    diagnostics: found,
  };
}

/** The reader of workflow documents is loaded only for a recipe that names some. */
async function workflowsOf(recipe: Recipe, load: DocumentLoader): Promise<PlannedWorkflows> {
  if (recipe.workflows === undefined) return { workflows: plannedDefaults(), diagnostics: [] };
  const { planWorkflows } = await import("./plan-workflows.js");
  const { workflows, diagnostics } = await planWorkflows(recipe, load);
  // one that only tests tests what the default workflow makes
  const makes = workflows.some(({ type }) => type === "BUILD") ? [] : plannedDefaults().filter(({ type }) => type === "BUILD");
  return { workflows: [...makes, ...workflows], diagnostics };
}

interface Sources {
  readonly registry: ActionRegistry;
  readonly load: DocumentLoader;
}

/** A component as the recipe names it, with its document. */
interface ReadComponent {
  readonly component: RecipeComponent;
  readonly document: ComponentDocument;
  readonly path: string;
}

async function readComponent(
  component: RecipeComponent,
  recipe: Recipe,
  sources: Sources,
): Promise<{ component: ReadComponent | undefined; diagnostics: Diagnostic[] }> {
  const found = new DiagnosticCollector();
  const { source } = component;
  const path = source?.name ?? resolveLocation(component.document, dirname(recipe.source.name));
  const load: DocumentLoader = source === undefined ? sources.load : () => Promise.resolve(source);
  const document = await loadDocument(path, component, { ...sources, load }, found);
  if (document === undefined) return { component: undefined, diagnostics: found.diagnostics };
  checkParameters(component, document, found);
  const given = { parametersOf: () => component.parameters, parameters: new Map(), howToGive };
  const prepared = [BUILD_PHASES, TEST_PHASES].map((phases) => prepareComponents([document], { ...given, phases }).diagnostics);
  // the unknown one may be the one that is missing
  const isMisnamed = found.diagnostics.some(({ code }) => code === "unknown-parameter");
  const ofRun = prepared.map((faults) => faults.filter(({ code }) => !(isMisnamed && code === "parameter-missing")));
  return { component: { component, document, path }, diagnostics: joinFaults(found.diagnostics, ...ofRun) };
}

const howToGive = () => 'give it in the recipe, under "parameters" of the component';

function toPlannedRecipe({ source, description, ...recipe }: Recipe): PlannedRecipe {
  const { name, semanticVersion, parentImage, workingDirectory, tags, container } = recipe;
  const known = description === undefined ? {} : { description };
  return { path: source.name, name, semanticVersion, ...known, parentImage, workingDirectory, tags, container };
}

function toPlannedComponent({ component, document, path }: ReadComponent): PlannedComponent {
  const { text } = document.source;
  return {
    name: nameOfDocument(document.name, path),
    version: component.semanticVersion,
    path,
    text,
    digest: digestOf(text),
    phases: plannedPhases(document),
    definedParameters: document.parameters.map(({ name }) => name.text),
    parameters: [...component.parameters].map(([name, value]) => ({ name, value })),
  };
}

/** The phases of a document with the names of their steps. */
export function plannedPhases({ phases }: Pick<ComponentDocument, "phases">): PlannedPhase[] {
  return phases.map(({ name, steps }) => ({ name: name.text, steps: steps.map((step) => step.name.text) }));
}

async function loadDocument(
  path: string,
  component: RecipeComponent,
  { registry, load }: Sources,
  found: DiagnosticCollector,
): Promise<CheckedDocument | undefined> {
  try {
    const { documents, diagnostics } = await checkComponents({ locations: [path], registry, platforms: ["linux"], load, take: "one" });
    found.add(diagnostics);
    return documents[0];
  } catch (thrown) {
    if (!isImagewrightError(thrown)) throw thrown;
    found.error(thrown.localCode, component.documentSpan, thrown.message);
    return undefined;
  }
}

/** A parameter that the component does not define is an error in a recipe, as in the service. */
function checkParameters(
  { parameters, parameterSpans, document: path }: RecipeComponent,
  document: ComponentDocument,
  found: DiagnosticCollector,
): void {
  const known = document.parameters.map(({ name }) => name.text);
  for (const name of parameters.keys()) {
    const span = parameterSpans.get(name);
    if (!known.includes(name) && span !== undefined)
      found.error("unknown-parameter", span, `${path}: ${unknownName("parameter", name, known)}`);
  }
}
