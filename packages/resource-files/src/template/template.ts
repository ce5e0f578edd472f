import type { Span } from "@imagewright/diagnostics";
import { entryOf, valueOf, type MappingNode, type ScalarNode, type ValueNode } from "@imagewright/yaml-syntax";

/** A CloudFormation template as far as it is read. */
export interface Template {
  readonly parameters: ReadonlyMap<string, ValueNode>;
  readonly mappings: ValueNode | undefined;
  /** The resources that the template says itself, by their logical ids. */
  readonly resources: ReadonlyMap<string, TemplateResource>;
  /** Whether a macro has its way with the template, which may add whatever there is. */
  readonly hasTransform: boolean;
  /** Loops over resources (`Fn::ForEach::…`): what they make is not known. */
  readonly loops: readonly ScalarNode[];
}

export interface TemplateResource {
  readonly id: string;
  readonly type: string;
  readonly properties: ValueNode | undefined;
  readonly span: Span;
}

/** Reads the sections of a template. What has not the form that CloudFormation asks for is skipped. */
export function readTemplate(root: MappingNode): Template {
  const resources = entriesOf(valueOf(root, "Resources"));
  return {
    parameters: new Map(entriesOf(valueOf(root, "Parameters")).map(({ key, value }) => [key.text, value])),
    mappings: valueOf(root, "Mappings"),
    resources: new Map(
      resources.flatMap(({ key, value }) => {
        const type = valueOf(value, "Type");
        if (type?.kind !== "scalar") return [];
        return [[key.text, { id: key.text, type: type.text, properties: valueOf(value, "Properties"), span: key.span }] as const];
      }),
    ),
    hasTransform: entryOf(root, "Transform") !== undefined || entryOf(root, "Fn::Transform") !== undefined,
    loops: resources.map(({ key }) => key).filter(({ text }) => text.startsWith("Fn::ForEach::")),
  };
}

function entriesOf(node: ValueNode | undefined): MappingNode["entries"] {
  return node?.kind === "mapping" ? node.entries : [];
}
