import { listOf, type Diagnostic, type SourceFile } from "@imagewright/diagnostics";
import { parseYaml, type ScalarNode, type ValueNode } from "@imagewright/yaml-syntax";
import { unknownValue } from "./unknown-value.js";
import { KIND_TEXTS, type FileKind } from "./kind/file-kind.js";
import { identify, type Identified } from "./kind/identify.js";
import { otherKind } from "./kind/other-kind.js";
import { PLAIN_VALUES, type Resource, type Values } from "./resource.js";
import { resourceTypeOf } from "./template/resource-types.js";
import { templateResources } from "./template/template-resources.js";

export interface OpenedResource {
  /** Undefined where the text is empty or cannot be read, is of another kind, or does not have one such resource; diagnostics say which, but for an empty text. */
  readonly resource: Resource | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the one resource that a file is or has: YAML or JSON as the API takes it, the answer of the service with its envelope, or a
 * CloudFormation template. A file of another kind is named for what it is, and nothing else is said about it.
 * `wanted` is what messages call the resource, with its article.
 */
export function openResource(source: SourceFile, kind: FileKind, wanted = KIND_TEXTS[kind].name): OpenedResource {
  const parsed = parseYaml(source);
  const identified = identify(source, parsed);
  if (identified?.kind === "cloudformation-template") return openInTemplate(source, identified, kind, wanted);
  if (identified !== undefined && identified.kind !== kind) return none(otherKind(identified, wanted));
  const node = identified?.node ?? parsed.root;
  const resource = node === undefined ? undefined : { kind, node, span: identified?.span ?? node.span, values: PLAIN_VALUES };
  return { resource, diagnostics: parsed.diagnostics };
}

function openInTemplate(source: SourceFile, identified: Identified, kind: FileKind, wanted: string): OpenedResource {
  const type = resourceTypeOf(kind);
  const { root, diagnostics } = parseYaml(source, { tags: "keep" });
  if (type === undefined || root?.kind !== "mapping") return none(otherKind(identified, wanted));
  const found = templateResources(root, [kind]);
  const [resource, ...others] = found.resources;
  if (resource === undefined) return none(otherKind(identified, wanted, `it has no resource of the type "${type}"`));
  if (others.length > 0) return none(tooMany(identified, found.resources, type));
  return { resource, diagnostics: [...diagnostics, ...found.diagnostics, ...noticesOf(resource.node, resource.values)] };
}

function tooMany({ span }: Identified, resources: readonly Resource[], type: string): Diagnostic {
  return {
    code: "several-resources",
    severity: "error",
    message: `this CloudFormation template has ${resources.length} resources of the type "${type}": ${listOf(
      resources.flatMap(({ id }) => id ?? []),
      "and",
    )}; one is wanted`,
    span,
    help: "write the wanted one into a file of its own",
  };
}

/** What of the resource is not known, each name once. A reference to another resource of the file is known for what it is. */
function noticesOf(node: ValueNode, values: Values): Diagnostic[] {
  const told = new Set<string>();
  return scalarsOf(node).flatMap((scalar) =>
    values
      .unknownIn(scalar)
      .filter((name) => values.resourceOf(scalar) === undefined && !told.has(name) && told.add(name))
      .map((name) => unknownValue(name, scalar.span, "pass-over")),
  );
}

function scalarsOf(node: ValueNode): ScalarNode[] {
  if (node.kind === "scalar") return [node];
  return node.kind === "sequence" ? node.items.flatMap(scalarsOf) : node.entries.flatMap(({ value }) => scalarsOf(value));
}

function none(diagnostic: Diagnostic): OpenedResource {
  return { resource: undefined, diagnostics: [diagnostic] };
}
