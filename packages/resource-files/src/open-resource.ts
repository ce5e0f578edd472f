import { hasErrors, listOf, type Diagnostic, type SourceFile, type Span } from "@imagewright/diagnostics";
import { parseYaml, valueOf, type ParsedText, type ScalarNode, type ValueNode } from "@imagewright/yaml-syntax";
import { PIPELINE_LIST } from "./answer/open-answer.js";
import { unknownValue, type OpenValues } from "./unknown-value.js";
import { KIND_TEXTS, type FileKind } from "./kind/file-kind.js";
import { identify } from "./kind/identify.js";
import type { Identified } from "./kind/identified.js";
import { otherKind } from "./kind/other-kind.js";
import { PLAIN_VALUES, type Resource } from "./resource.js";
import { resourceTypeOf } from "./template/resource-types.js";
import { templateResources } from "./template/template-resources.js";

// the number of names that a message shows
const MOST_NAMES = 10;

export interface OpenedResource {
  /** `file`: the file is the resource. `template`: a template contains it. `other`: the file is of another kind, or has none or several. */
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
  /** The treatment of values of a template that are not known. Default "pass-over". */
  readonly open?: OpenValues;
  /** Members whose values may always be unknown. */
  readonly unimportant?: readonly string[];
  /** The only members that the caller needs: unknown values of the others are not mentioned. Default: all members. */
  readonly needed?: readonly string[];
  /** Kinds that are taken as well as the expected one. */
  readonly besides?: readonly FileKind[];
  /** Keys whose references to other resources of the template are no unknown values, since the caller follows them. */
  readonly references?: readonly string[];
}

/**
 * Reads the one resource that a file is or contains: YAML or JSON as the API takes it, a response of the service, or a CloudFormation
 * template. A file of another kind is named for what it is, and nothing else is said about it.
 */
export function openResource(source: SourceFile, kind: FileKind, options: OpenOptions = {}): OpenedResource {
  const { wanted = KIND_TEXTS[kind].name, besides = [] } = options;
  const parsed = parseYaml(source);
  const identified = identify(source, parsed, kind);
  if (identified?.kind === "cloudformation-template") return openInTemplate(source, identified, kind, { ...options, wanted });
  if (identified?.kind === "pipeline-list" && kind === "image-pipeline") return openInList(identified, parsed, wanted);
  if (identified !== undefined && ![kind, ...besides].includes(identified.kind)) return none(otherKind(identified, wanted));
  const node = parsed.isYaml ? (identified?.node ?? parsed.root) : undefined;
  const resource = node === undefined ? undefined : { kind, node, span: identified?.span ?? node.span, values: PLAIN_VALUES };
  return { form: "file", resource, diagnostics: parsed.diagnostics };
}

function openInList(identified: Identified, { root, diagnostics }: ParsedText, wanted: string): OpenedResource {
  const list = valueOf(root, PIPELINE_LIST);
  const [node, ...others] = list?.kind === "sequence" ? list.items : [];
  if (list?.kind === "sequence" && others.length > 0) return none(severalInList(identified, list.items));
  if (node === undefined) return none(otherKind(identified, wanted, "it has no image pipeline"));
  return { form: "file", resource: { kind: "image-pipeline", node, span: node.span, values: PLAIN_VALUES }, diagnostics };
}

function openInTemplate(
  source: SourceFile,
  identified: Identified,
  kind: FileKind,
  { wanted, ...options }: OpenOptions & { readonly wanted: string },
): OpenedResource {
  const type = resourceTypeOf(kind);
  const { root, diagnostics, isYaml } = parseYaml(source, { tags: "keep" });
  if (type === undefined || root?.kind !== "mapping") return none(otherKind(identified, wanted));
  if (!isYaml) return { form: "template", resource: undefined, diagnostics };
  const found = templateResources(root, [kind]);
  const [resource, ...others] = found.resources;
  if (resource === undefined && hasErrors(found.diagnostics)) return { form: "template", resource, diagnostics: found.diagnostics };
  if (resource === undefined) return none(otherKind(identified, wanted, `it has no resource of the type "${type}"`));
  if (others.length > 0) return none(severalInTemplate(identified, found.resources, type));
  return { form: "template", resource, diagnostics: [...diagnostics, ...found.diagnostics, ...openValuesOf(resource, options)] };
}

function severalInTemplate({ span }: Identified, resources: readonly Resource[], type: string): Diagnostic {
  const ids = resources.flatMap(({ id }) => id ?? []);
  return several(`this CloudFormation template has ${resources.length} resources of the type "${type}"`, ids, span);
}

function severalInList({ span }: Identified, items: readonly ValueNode[]): Diagnostic {
  const names = items.flatMap((item) => {
    const name = valueOf(item, "name");
    return name?.kind === "scalar" ? [name.text] : [];
  });
  return several(`this is a list of ${items.length} image pipelines`, names, span);
}

function several(what: string, names: readonly string[], span: Span): Diagnostic {
  const shown = `${listOf(names.slice(0, MOST_NAMES), "and")}${names.length > MOST_NAMES ? " and others" : ""}`;
  return {
    code: "several-resources",
    severity: "error",
    message: `${what}: ${shown}; one is wanted`,
    span,
    help: "write the wanted one into a file of its own",
  };
}

/** A diagnostic for each value of the resource that is not known, each name once. */
function openValuesOf(
  { node, values }: Resource,
  { open = "pass-over", unimportant = [], needed, references = [] }: OpenOptions,
): Diagnostic[] {
  const reported = new Set<string>();
  const members = (node.kind === "mapping" ? node.entries : []).filter(({ key }) => needed?.includes(key.text) !== false);
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
