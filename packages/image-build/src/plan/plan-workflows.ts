import { dirname } from "node:path";
import type { DocumentLoader } from "@imagewright/component-runner";
import { DiagnosticCollector, isImagewrightError, listOf, type Diagnostic, type SourceFile } from "@imagewright/diagnostics";
import { openDocuments, WORKFLOW_DOCUMENTS, type DocumentText } from "@imagewright/resource-files";
import { stepActionContracts as registry } from "@imagewright/step-actions";
import {
  bindWorkflowParameters,
  checkGivenParameters,
  checkWorkflow,
  checkWorkflowUses,
  possibleWorkflowTypes,
  type CheckedWorkflow,
  type WorkflowType,
  type WorkflowUse,
} from "@imagewright/workflow-engine";
import type { Recipe, RecipeWorkflow } from "../recipe/recipe.js";
import type { PlannedWorkflow } from "./build-plan.js";
import { digestOf } from "./digest.js";
import { resolveLocation } from "./locations.js";
import { nameOfDocument } from "./name-of-document.js";
import { managedWorkflow } from "./managed-workflow.js";

export interface PlannedWorkflows {
  readonly workflows: readonly PlannedWorkflow[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the workflow documents that a recipe names, and reports all faults of each, and of all together. `load` as for `planBuild`. */
export async function planWorkflows(recipe: Recipe, load: DocumentLoader): Promise<PlannedWorkflows> {
  const reader = new WorkflowReader(dirname(recipe.source.name), load);
  const uses: WorkflowUse[] = [];
  for (const item of recipe.workflows ?? []) {
    const workflow = await reader.read(item);
    const { parameters, parallelGroup, onFailure, documentSpan: place } = item;
    if (workflow !== undefined) uses.push({ workflow, parameters, parallelGroup, onFailure, place });
  }
  const { found } = reader;
  // what one workflow lacks may be in another that has faults
  if (!found.hasErrors) found.add(checkWorkflowUses(uses));
  if (!found.hasErrors) for (const use of uses) found.add(checkValues(use));
  return { workflows: withNumbers(uses.map(toPlanned)), diagnostics: found.diagnostics };
}

function checkValues({ workflow, parameters = new Map() }: WorkflowUse): Diagnostic[] {
  return checkGivenParameters(workflow, registry, bindWorkflowParameters(workflow, parameters).values);
}

function toPlanned({ workflow, parameters = new Map(), parallelGroup, onFailure }: WorkflowUse): PlannedWorkflow {
  const { name: path, text } = workflow.source;
  return {
    name: nameOfDocument(workflow.name, path),
    ...{ type: workflow.type, path, text, digest: digestOf(text), isDefault: false },
    parameters: [...parameters].map(([name, value]) => ({ name, value })),
    ...(parallelGroup !== undefined && { parallelGroup }),
    ...(onFailure !== undefined && { onFailure }),
  };
}

/** A document that a recipe names several times: the second is `smoke (2)`. */
function withNumbers(workflows: readonly PlannedWorkflow[]): PlannedWorkflow[] {
  return workflows.map((workflow, index) => {
    const earlier = workflows.slice(0, index).filter(({ name }) => name === workflow.name).length;
    return earlier === 0 ? workflow : { ...workflow, name: `${workflow.name} (${earlier + 1})` };
  });
}

class WorkflowReader {
  readonly found = new DiagnosticCollector();
  /** By path and type: the faults of a document that several items name are reported once. */
  readonly #checked = new Map<string, CheckedWorkflow | undefined>();

  constructor(
    private readonly folder: string,
    private readonly load: DocumentLoader,
  ) {}

  async read(item: RecipeWorkflow): Promise<CheckedWorkflow | undefined> {
    const path = resolveLocation(item.document, this.folder);
    const key = `${item.type ?? ""} ${path}`;
    if (!this.#checked.has(key)) this.#checked.set(key, await this.#check(path, item));
    return this.#checked.get(key);
  }

  async #check(path: string, item: RecipeWorkflow): Promise<CheckedWorkflow | undefined> {
    const source = await this.#load(path, item);
    if (source === undefined) return undefined;
    const { documents, diagnostics } = openDocuments(source, "one", WORKFLOW_DOCUMENTS);
    this.found.add(diagnostics);
    const [text] = documents;
    if (text === undefined) return undefined;
    const type = this.#typeOf(text, item);
    const checked = checkWorkflow(text.source, { registry, type }, text.parsed);
    this.found.add(checked.diagnostics);
    if (type === undefined && checked.document !== undefined) this.#requireOneType(checked.document, item);
    return checked.document;
  }

  async #load(path: string, { documentSpan }: RecipeWorkflow): Promise<SourceFile | undefined> {
    const managed = managedWorkflow(path);
    if (managed !== undefined && "source" in managed) return managed.source;
    if (managed !== undefined) {
      this.found.error(managed.code, documentSpan, managed.problem);
      return undefined;
    }
    try {
      return await this.load(path);
    } catch (thrown) {
      if (!isImagewrightError(thrown)) throw thrown;
      this.found.error(thrown.localCode, documentSpan, thrown.message);
      return undefined;
    }
  }

  /** The type that the recipe says, or the resource in the file. */
  #typeOf({ type: word }: DocumentText, { type, documentSpan }: RecipeWorkflow): WorkflowType | undefined {
    const ofResource = (["BUILD", "TEST", "DISTRIBUTION"] as const).find((known) => known === word?.toUpperCase());
    if (type !== undefined && ofResource !== undefined && type !== ofResource)
      this.found.error("wrong-type", documentSpan, `the type of this workflow is ${ofResource}, as its resource says, not ${type}`);
    return type ?? ofResource;
  }

  /** Without a type, the actions decide, if they are allowed in one type only. */
  #requireOneType(document: CheckedWorkflow, { documentSpan }: RecipeWorkflow): void {
    const types = possibleWorkflowTypes(document, registry);
    if (types.length < 2 || document.unread.has("steps")) return;
    const message = `the type of this workflow is not known: its actions are allowed in ${listOf(types, "and")}`;
    this.found.error("type-not-known", documentSpan, message, { help: 'write one of them as "type" beside the document' });
  }
}
