import { listOf, type Diagnostic, type SourceFile } from "@imagewright/diagnostics";
import { parseYaml, type ScalarNode, type ValueNode } from "@imagewright/yaml-syntax";
import { unknownValue, type OpenValues } from "./unknown-value.js";
import { KIND_TEXTS, type FileKind } from "./kind/file-kind.js";
import { identify } from "./kind/identify.js";
import type { Identified } from "./kind/identified.js";
import { otherKind } from "./kind/other-kind.js";
import { PLAIN_VALUES, type Resource } from "./resource.js";
import { resourceTypeOf } from "./template/resource-types.js";
import { templateResources } from "./template/template-resources.js";

export interface OpenedResource {
  /** Where the resource is: the file itself, or a template; or the file is of another kind, or contains more than one. */
  readonly form: "file" | "template" | "other";
  /**
   * Undefined if the text is empty or cannot be read, is of another kind, or does not have one such resource; diagnostics say which, except
   * an empty text.
   */
  readonly resource: Resource | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export interface OpenOptions {
  /** The name of the resource in messages, with its article. */
  readonly wanted?: string;
  /** The treatment of values that a template leaves open. Default "pass-over". */
  readonly open?: OpenValues;
  /** Members whose values may be open in any case. */
  readonly unimportant?: readonly string[];
  /** Keys under which a reference to another resource of the template is taken for what it is: the caller follows it. */
  readonly references?: readonly string[];
}

/**
 * Reads the one resource that a file is or has: YAML or JSON as the API takes it, the answer of the service with its envelope, or a
 * CloudFormation template. A file of another kind is named for what it is, and nothing else is said about it.
 */
export function openResource(source: SourceFile, kind: FileKind, options: OpenOptions = {}): OpenedResource {
  const { wanted = KIND_TEXTS[kind].name } = options;
  const parsed = parseYaml(source);
  const identified = identify(source, parsed);
  if (identified?.kind === "cloudformation-template") return openInTemplate(source, identified, kind, { ...options, wanted });
  if (identified !== undefined && identified.kind !== kind) return none(otherKind(identified, wanted));
  const node = identified?.node ?? parsed.root;
  const resource = node === undefined ? undefined : { kind, node, span: identified?.span ?? node.span, values: PLAIN_VALUES };
  return { form: "file", resource, diagnostics: parsed.diagnostics };
}

function openInTemplate(
  source: SourceFile,
  identified: Identified,
  kind: FileKind,
  { wanted, ...options }: OpenOptions & { readonly wanted: string },
): OpenedResource {
  const type = resourceTypeOf(kind);
  const { root, diagnostics } = parseYaml(source, { tags: "keep" });
  if (type === undefined || root?.kind !== "mapping") return none(otherKind(identified, wanted));
  const found = templateResources(root, [kind]);
  const [resource, ...others] = found.resources;
  if (resource === undefined) return none(otherKind(identified, wanted, `it has no resource of the type "${type}"`));
  if (others.length > 0) return none(tooMany(identified, found.resources, type));
  return { form: "template", resource, diagnostics: [...diagnostics, ...found.diagnostics, ...openValuesOf(resource, options)] };
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

/** What of the resource is not known, each name once. */
function openValuesOf({ node, values }: Resource, { open = "pass-over", unimportant = [], references = [] }: OpenOptions): Diagnostic[] {
  const reported = new Set<string>();
  const members = node.kind === "mapping" ? node.entries : [];
  return members.flatMap(({ key, value }) =>
    scalarsOf(value, key.text)
      .filter((place) => !(references.includes(place.key) && values.resourceOf(place.scalar) !== undefined))
      .flatMap(({ scalar }) =>
        values
          .unknownIn(scalar)
          .filter((name) => !reported.has(name) && reported.add(name))
          .map((name) => unknownValue(name, scalar.span, unimportant.includes(key.text) ? "pass-over" : open)),
      ),
  );
}

/** The scalars of a value, each with its key. */
function scalarsOf(node: ValueNode, key: string): { readonly scalar: ScalarNode; readonly key: string }[] {
  if (node.kind === "scalar") return [{ scalar: node, key }];
  if (node.kind === "sequence") return node.items.flatMap((item) => scalarsOf(item, key));
  return node.entries.flatMap((entry) => scalarsOf(entry.value, entry.key.text));
}

function none(diagnostic: Diagnostic): OpenedResource {
  return { form: "other", resource: undefined, diagnostics: [diagnostic] };
}
