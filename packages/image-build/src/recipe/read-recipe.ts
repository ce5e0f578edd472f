import { DiagnosticCollector, quote, type Diagnostic, type SourceFile, type Span } from "@imagewright/diagnostics";
import { checkSchema, parseYaml, toPlain, valueOf, type MappingNode, type ValueNode } from "@imagewright/yaml-syntax";
import type { ContainerSettings, Recipe, RecipeComponent } from "./recipe.js";
import { RECIPE_SCHEMA } from "./recipe-schema.js";

export interface ReadRecipe {
  /** Undefined where the form of the recipe has errors. */
  readonly recipe: Recipe | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

const VERSION = /^\d{1,10}\.\d{1,10}\.\d{1,10}$/;
/** Where commands run when nothing else is said. */
export const DEFAULT_WORKING_DIRECTORY = "/tmp";

const LARGEST_NUMBER = 2 ** 30 - 1;

/** Reads a recipe (YAML or JSON) and reports all faults of its form. */
export function readRecipe(source: SourceFile): ReadRecipe {
  const found = new DiagnosticCollector();
  const { root, diagnostics } = parseYaml(source);
  found.add(diagnostics);
  if (root === undefined && !found.hasErrors) found.error("wrong-type", { source, start: 0, end: 0 }, "the recipe is empty");
  if (root !== undefined) found.add(checkSchema(root, RECIPE_SCHEMA, { what: "the recipe" }));
  if (root !== undefined) checkVersions(root, found);
  if (root?.kind !== "mapping" || found.hasErrors) return { recipe: undefined, diagnostics: found.diagnostics };
  return { recipe: toRecipe(source, root), diagnostics: found.diagnostics };
}

function checkVersions(root: ValueNode, found: DiagnosticCollector): void {
  const components = valueOf(root, "components");
  const holders = [root, ...(components?.kind === "sequence" ? components.items : [])];
  for (const version of holders.flatMap((holder) => valueOf(holder, "semanticVersion") ?? [])) {
    const text = version.kind === "scalar" ? version.text : "";
    // other forms are faults that the schema finds
    if (VERSION.test(text) && text.split(".").some((part) => Number(part) > LARGEST_NUMBER)) {
      found.error("value-not-allowed", version.span, `each number of a version is at most ${LARGEST_NUMBER}; found ${quote(text)}`);
    }
  }
}

function toRecipe(source: SourceFile, root: MappingNode): Recipe {
  const plain = toPlain(root) as PlainRecipe;
  const components = valueOf(root, "components");
  return {
    source,
    name: plain.name,
    semanticVersion: plain.semanticVersion,
    description: plain.description,
    parentImage: plain.parentImage,
    workingDirectory: plain.workingDirectory ?? DEFAULT_WORKING_DIRECTORY,
    components:
      components?.kind === "sequence"
        ? components.items.map((node, index) => toComponent(node, plain.components[index] as PlainComponent))
        : [],
    tags: plain.tags ?? {},
    container: toContainer(plain.container),
  };
}

interface PlainRecipe {
  readonly name: string;
  readonly semanticVersion: string;
  readonly description?: string;
  readonly parentImage: string;
  readonly workingDirectory?: string;
  readonly components: readonly PlainComponent[];
  readonly tags?: Record<string, string>;
  readonly container?: Omit<ContainerSettings, "exposedPorts"> & { readonly exposedPorts?: readonly string[] };
}

interface PlainComponent {
  readonly document: string;
  readonly semanticVersion?: string;
  readonly parameters?: readonly { readonly name: string; readonly value: string | readonly [string] }[];
}

function toComponent(node: ValueNode, plain: PlainComponent): RecipeComponent {
  const parameters = plain.parameters ?? [];
  const nodes = valueOf(node, "parameters");
  const spans = nodes?.kind === "sequence" ? nodes.items.map((item) => valueOf(item, "name")?.span ?? item.span) : [];
  return {
    document: plain.document,
    semanticVersion: plain.semanticVersion ?? "1.0.0",
    parameters: new Map(parameters.map(({ name, value }) => [name, typeof value === "string" ? value : value[0]])),
    documentSpan: valueOf(node, "document")?.span ?? node.span,
    parameterSpans: new Map(parameters.map(({ name }, index) => [name, spans[index] as Span])),
  };
}

function toContainer(plain: PlainRecipe["container"]): ContainerSettings {
  if (plain === undefined) return {};
  const { exposedPorts, ...rest } = plain;
  return exposedPorts === undefined ? rest : { ...rest, exposedPorts: exposedPorts.map(Number) };
}
