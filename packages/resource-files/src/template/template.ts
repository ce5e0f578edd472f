import { nearest, type Span } from "@imagewright/diagnostics";
import { entryOf, valueOf, type MappingNode, type ScalarNode, type ValueNode } from "@imagewright/yaml-syntax";

/** The parts of a CloudFormation template that are read. */
export interface Template {
  readonly parameters: ReadonlyMap<string, ValueNode>;
  readonly mappings: ValueNode | undefined;
  /** The resources written in the template, by their logical IDs; macros and loops may add others. */
  readonly resources: ReadonlyMap<string, TemplateResource>;
  /** Whether a macro processes the template, which may add any part. */
  readonly hasTransform: boolean;
  /** The keys of loops (`Fn::ForEach::…`), whose resources are not known. */
  readonly loops: readonly ScalarNode[];
}

export interface TemplateResource {
  readonly id: string;
  readonly type: string;
  /** Undefined if it has none, or something else in their place. */
  readonly properties: ValueNode | undefined;
  readonly span: Span;
  /** Where the properties should be: a misspelled key, a value that is no mapping, or the ID. */
  readonly placeOfProperties: Span;
}

const RESOURCE_KEYS = ["Condition", "CreationPolicy", "DeletionPolicy", "DependsOn", "Metadata", "Properties", "Type"];

/** Reads the sections of a template. Parts with another structure than CloudFormation requires are skipped. */
export function readTemplate(root: MappingNode): Template {
  const resources = entriesOf(valueOf(root, "Resources"));
  return {
    parameters: new Map(entriesOf(valueOf(root, "Parameters")).map(({ key, value }) => [key.text, value])),
    mappings: valueOf(root, "Mappings"),
    resources: new Map(
      resources.flatMap(({ key, value }) => {
        const type = valueOf(value, "Type");
        if (type?.kind !== "scalar") return [];
        return [[key.text, readResource(key, type.text, value)] as const];
      }),
    ),
    hasTransform: entryOf(root, "Transform") !== undefined || entryOf(root, "Fn::Transform") !== undefined,
    loops: resources.map(({ key }) => key).filter(({ text }) => text.startsWith("Fn::ForEach::")),
  };
}

function readResource({ text: id, span }: ScalarNode, type: string, value: ValueNode): TemplateResource {
  const given = valueOf(value, "Properties");
  const isMapping = given?.kind === "mapping" || given?.tag !== undefined;
  const misspelled = entriesOf(value).find(({ key }) => key.text !== "Properties" && nearest(key.text, RESOURCE_KEYS) === "Properties");
  return { id, type, span, properties: isMapping ? given : undefined, placeOfProperties: given?.span ?? misspelled?.key.span ?? span };
}

function entriesOf(node: ValueNode | undefined): MappingNode["entries"] {
  return node?.kind === "mapping" ? node.entries : [];
}
