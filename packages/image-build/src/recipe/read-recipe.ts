import { checkParentReference } from "@imagewright/build-hosts";
import { DiagnosticCollector, quote, type Diagnostic, type SourceFile, type Span } from "@imagewright/diagnostics";
import { openReferenced, openResource, toSource, type DocumentText, type Resource } from "@imagewright/resource-files";
import { checkSchema, toPlain, valueOf, type MappingEntry, type ValueNode } from "@imagewright/yaml-syntax";
import { checkComponentKeys, checkServiceKeys } from "./check-keys.js";
import { checkWorkflowKeys } from "./check-workflow-keys.js";
import { readDockerfile } from "./dockerfile/read-dockerfile.js";
import { aboutImageRecipe } from "./image-recipe.js";
import type { ContainerSettings, NamedFolder, Recipe, RecipeComponent, TargetRepository } from "./recipe.js";
import { recipeAnswerSchema, recipeSchema } from "./recipe-schema.js";
import { readWorkflows } from "./read-workflows.js";

export interface ReadRecipe {
  /** Undefined if the form of the recipe has errors. */
  readonly recipe: Recipe | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

const VERSION = /^\d+\.\d+\.\d+$/;
/** The default working directory of commands. */
export const DEFAULT_WORKING_DIRECTORY = "/tmp";

const LARGEST_NUMBER = 2 ** 30 - 1;

/**
 * Reads a recipe and reports all faults of its form: YAML or JSON of our own, the request of CreateContainerRecipe, the answer of
 * GetContainerRecipe, or a CloudFormation template with one container recipe.
 */
export function readRecipe(source: SourceFile): ReadRecipe {
  const found = new DiagnosticCollector();
  const { form, resource, diagnostics } = openResource(source, "container-recipe", {
    wanted: WANTED,
    open: "refuse",
    unimportant: UNIMPORTANT,
    references: ["componentArn"],
  });
  found.add(form === "other" ? (aboutImageRecipe(source, WANTED) ?? diagnostics) : diagnostics);
  if (resource === undefined) {
    if (!found.hasErrors) found.error("wrong-type", { source, start: 0, end: 0 }, "the recipe is empty");
    return { recipe: undefined, diagnostics: found.diagnostics };
  }
  const { values } = resource;
  const node = form === "template" ? withoutWorkflows(resource.node, found) : resource.node;
  const schema = valueOf(node, "arn") === undefined ? recipeSchema() : recipeAnswerSchema();
  found.add(checkSchema(node, schema, { what: "the recipe", unknown: (scalar) => values.isOpen(scalar) }));
  checkVersions(node, found);
  checkParentImage(resource, found);
  checkComponentKeys(node, found);
  checkWorkflowKeys(node, found);
  checkServiceKeys(node, Object.keys(schema["properties"] as object), found);
  const dockerfile = dockerfileOf(resource, found);
  const sources = documentsOf(source, resource, found);
  if (node.kind !== "mapping" || found.hasErrors) return { recipe: undefined, diagnostics: found.diagnostics };
  return { recipe: toRecipe(source, { ...resource, node }, dockerfile, sources), diagnostics: found.diagnostics };
}

/** In a template, workflows are properties of a pipeline or an image: CloudFormation refuses those of a recipe. */
function withoutWorkflows(node: ValueNode, found: DiagnosticCollector): ValueNode {
  if (node.kind !== "mapping") return node;
  const isOther = ({ key }: MappingEntry) => key.text.toLowerCase() !== "workflows";
  for (const { key } of node.entries.filter((entry) => !isOther(entry)))
    found.error("workflows-elsewhere", key.span, `a container recipe of a template has no ${quote(key.text)}; a pipeline or an image has`, {
      help: 'write the recipe into a file of its own, with its "workflows", to build with them here',
    });
  return { ...node, entries: node.entries.filter(isOther) };
}

const WANTED = "a recipe of a container image";

/** What a template may leave open, since a build does not need it. */
const UNIMPORTANT = ["targetRepository", "instanceConfiguration", "kmsKeyId", "imageOsVersionOverride", "clientToken", "description"];

function dockerfileOf({ node, values, span }: Resource, found: DiagnosticCollector): ContainerSettings {
  const template = valueOf(node, "dockerfileTemplateData");
  if (template?.kind !== "scalar" || values.isOpen(template)) return {};
  const { settings, diagnostics } = readDockerfile(toSource(span.source.name, values.textOf(template), template.span));
  found.add(diagnostics);
  return settings;
}

/** The documents of the components that the recipe's own file has, by the nodes that refer to them. */
function documentsOf(source: SourceFile, { node, values }: Resource, found: DiagnosticCollector): ReadonlyMap<ValueNode, SourceFile> {
  const references = itemsOf(valueOf(node, "components")).flatMap((item) => {
    const arn = valueOf(item, "componentArn");
    const id = arn?.kind === "scalar" ? values.resourceOf(arn) : undefined;
    return arn === undefined || id === undefined ? [] : [{ arn, id }];
  });
  if (references.length === 0) return new Map();
  const { documents, diagnostics } = openReferenced(source, new Set(references.map(({ id }) => id)));
  found.add(diagnostics);
  for (const { arn, id } of references)
    if (!documents.has(id) && !found.hasErrors)
      found.error("document-not-known", arn.span, `${quote(id)} is no component with a document in this template`);
  return new Map(
    references.flatMap(({ arn, id }) => (documents.has(id) ? [[arn, (documents.get(id) as DocumentText).source] as const] : [])),
  );
}

function folderOf(node: ValueNode | undefined): NamedFolder | undefined {
  return node?.kind === "scalar" ? { path: node.text, span: node.span } : undefined;
}

function itemsOf(node: ValueNode | undefined): readonly ValueNode[] {
  return node?.kind === "sequence" ? node.items : [];
}

function checkVersions(root: ValueNode, found: DiagnosticCollector): void {
  const holders = [root, ...itemsOf(valueOf(root, "components"))];
  for (const version of holders.flatMap((holder) => valueOf(holder, "semanticVersion") ?? [])) {
    const text = version.kind === "scalar" ? version.text : "";
    // the schema reports other forms
    if (VERSION.test(text) && text.split(".").some((part) => Number(part) > LARGEST_NUMBER)) {
      found.error("value-not-allowed", version.span, `each number of a version must be at most ${LARGEST_NUMBER}; found ${quote(text)}`);
    }
  }
}

/** The form of the reference; whether there is such an image shows when it is resolved. */
function checkParentImage({ node, values }: Resource, found: DiagnosticCollector): void {
  const parent = valueOf(node, "parentImage");
  // that it is empty is said already
  if (parent?.kind !== "scalar" || parent.text === "" || values.isOpen(parent)) return;
  const fault = checkParentReference(parent.text);
  if (fault !== undefined) found.error("value-not-allowed", parent.span, `"parentImage": ${fault.reason}`, { help: fault.hint });
}

function toRecipe(
  source: SourceFile,
  { node, values }: Resource,
  dockerfile: ContainerSettings,
  sources: ReadonlyMap<ValueNode, SourceFile>,
): Recipe {
  const plain = toPlain(node) as PlainRecipe;
  const repository = valueOf(valueOf(node, "targetRepository"), "repositoryName");
  return {
    source,
    name: plain.name,
    semanticVersion: plain.semanticVersion ?? plain.version ?? "",
    description: plain.description,
    parentImage: plain.parentImage,
    workingDirectory: plain.workingDirectory ?? DEFAULT_WORKING_DIRECTORY,
    components: itemsOf(valueOf(node, "components")).map((item, index) =>
      toComponent(item, plain.components[index] as PlainComponent, sources),
    ),
    workflows: readWorkflows(node),
    commandDocuments: folderOf(valueOf(node, "commandDocuments")),
    tags: plain.tags ?? {},
    container: mergeSettings(dockerfile, toContainer(plain.container)),
    targetRepository: repository?.kind === "scalar" && !values.isOpen(repository) ? plain.targetRepository : undefined,
  };
}

/** What stands below "container" is said by the recipe itself, so it goes over the Dockerfile template. */
function mergeSettings(dockerfile: ContainerSettings, own: ContainerSettings): ContainerSettings {
  const merged = { ...dockerfile, ...own };
  for (const key of ["environment", "labels"] as const) {
    if (dockerfile[key] !== undefined) Object.assign(merged, { [key]: { ...dockerfile[key], ...own[key] } });
  }
  return merged;
}

interface PlainRecipe {
  readonly name: string;
  readonly semanticVersion?: string;
  readonly version?: string;
  readonly description?: string;
  readonly parentImage: string;
  readonly workingDirectory?: string;
  readonly components: readonly PlainComponent[];
  readonly tags?: Record<string, string>;
  readonly targetRepository?: TargetRepository;
  readonly container?: Omit<ContainerSettings, "exposedPorts"> & { readonly exposedPorts?: readonly string[] };
}

interface PlainComponent {
  readonly document?: string;
  readonly componentArn?: string;
  readonly semanticVersion?: string;
  readonly parameters?: readonly { readonly name: string; readonly value: string | readonly [string] }[];
}

function toComponent(node: ValueNode, plain: PlainComponent, sources: ReadonlyMap<ValueNode, SourceFile>): RecipeComponent {
  const parameters = plain.parameters ?? [];
  const spans = itemsOf(valueOf(node, "parameters")).map((item) => valueOf(item, "name")?.span ?? item.span);
  const location = valueOf(node, "document") ?? valueOf(node, "componentArn");
  const source = location === undefined ? undefined : sources.get(location);
  return {
    document: source?.name ?? plain.document ?? plain.componentArn ?? "",
    ...(source === undefined ? {} : { source }),
    semanticVersion: plain.semanticVersion ?? "1.0.0",
    parameters: new Map(parameters.map(({ name, value }) => [name, typeof value === "string" ? value : value[0]])),
    documentSpan: location?.span ?? node.span,
    parameterSpans: new Map(parameters.map(({ name }, index) => [name, spans[index] as Span])),
  };
}

function toContainer(plain: PlainRecipe["container"]): ContainerSettings {
  if (plain === undefined) return {};
  const { exposedPorts, ...rest } = plain;
  return exposedPorts === undefined ? rest : { ...rest, exposedPorts: exposedPorts.map(Number) };
}
