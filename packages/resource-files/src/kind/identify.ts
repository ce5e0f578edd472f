import { listOf, nearest, quote, type SourceFile } from "@imagewright/diagnostics";
import { entryOf, valueOf, type MappingNode, type ParsedText, type ValueNode } from "@imagewright/yaml-syntax";
import { answerMember } from "../answer/answer-member.js";
import { membersOfNode } from "../answer/open-answer.js";
import type { FileKind } from "./file-kind.js";
import { identifyText } from "./identify-text.js";
import { SIGNS, type Sign } from "./signs.js";
import type { Identified } from "./identified.js";

/**
 * Identifies a file by its content, and by its name if the text is neither YAML nor JSON. Undefined if it is not recognized. A response of
 * the service that contains a resource of the expected kind may have other members besides.
 */
export function identify(source: SourceFile, { root, diagnostics }: ParsedText, expected?: FileKind): Identified | undefined {
  if (root?.kind === "mapping") return identifyMapping(root, expected) ?? (diagnostics.length > 0 ? identifyText(source) : undefined);
  if (root?.kind === "sequence") return identifyList(root) ?? (diagnostics.length > 0 ? identifyText(source) : undefined);
  return identifyText(source);
}

function identifyMapping(root: MappingNode, expected: FileKind | undefined): Identified | undefined {
  return identifyTemplate(root) ?? identifyTerraformJson(root) ?? identifyAnswer(root, expected) ?? identifyKeys(root);
}

const VERSION_KEY = "AWSTemplateFormatVersion";
/** The other sections of a template. */
const SECTIONS = ["Conditions", "Mappings", "Metadata", "Outputs", "Parameters", "Rules", "Transform"];

function identifyTemplate(root: MappingNode): Identified | undefined {
  if (entryOf(root, VERSION_KEY) !== undefined) return found("cloudformation-template", root, [VERSION_KEY]);
  const section = SECTIONS.find((name) => entryOf(root, name) !== undefined);
  const resources = root.entries.find(({ key }) => key.text === "Resources" || (section !== undefined && nearest(key.text, ["Resources"])));
  if (resources === undefined) return undefined;
  const { key, value } = resources;
  const hasTypes = value.kind === "mapping" && value.entries.some((entry) => /^[A-Za-z0-9]+::/.test(textOf(valueOf(entry.value, "Type"))));
  return hasTypes || section !== undefined ? found("cloudformation-template", root, [key.text]) : undefined;
}

/** A Terraform configuration in JSON: `"resource": {"aws_imagebuilder_component": …}`. */
function identifyTerraformJson(root: MappingNode): Identified | undefined {
  const resources = valueOf(root, "resource");
  const isTerraform = resources?.kind === "mapping" && resources.entries.some(({ key }) => key.text.startsWith("aws_"));
  return isTerraform ? found("terraform-configuration", root, ["resource"]) : undefined;
}

function identifyAnswer(root: MappingNode, expected?: FileKind): Identified | undefined {
  const answer = answerMember(membersOfNode(root), expected);
  const entry = answer === undefined ? undefined : entryOf(root, answer.name);
  if (answer === undefined || entry === undefined) return undefined;
  // an image is read as a list of one
  const node = answer.kind === "image-list" ? root : entry.value;
  return { kind: answer.kind, sign: `it has ${quote(answer.name)}`, span: entry.key.span, node };
}

function identifyKeys(root: MappingNode): Identified | undefined {
  const has = (key: string) => valueOf(root, key) !== undefined;
  const sign = SIGNS.find((row) => row.has.every(has) && !(row.lacks ?? []).some((key) => entryOf(root, key) !== undefined));
  if (sign === undefined) return undefined;
  return isImageRecipe(sign, root) ? found("image-recipe", root, ["components"]) : found(sign.kind, root, sign.has, sign.lacks);
}

/**
 * A recipe without `containerType` is an image recipe of the API, unless a component is a document, which only our own recipes have; a file
 * in place of an ARN was meant as one.
 */
function isImageRecipe({ kind, has }: Sign, root: MappingNode): boolean {
  const components = valueOf(root, "components");
  return (
    kind === "container-recipe" &&
    has.length === 2 &&
    has.includes("parentImage") &&
    components?.kind === "sequence" &&
    components.items.length > 0 &&
    components.items.every((item) => {
      const arn = valueOf(item, "componentArn");
      return arn !== undefined && !/\.(ya?ml|json)$/.test(textOf(arn));
    })
  );
}

function identifyList(root: ValueNode & { readonly kind: "sequence" }): Identified | undefined {
  const [first] = root.items;
  const hosts = entryOf(first, "hosts") ?? entryOf(first, "import_playbook");
  if (first !== undefined && hosts !== undefined)
    return { kind: "ansible-playbook", sign: `its items have ${quote(hosts.key.text)}`, span: hosts.key.span, node: root };
  const image = /:image\//.test(textOf(valueOf(first, "arn"))) ? entryOf(first, "arn") : undefined;
  return image === undefined ? undefined : { kind: "image-list", sign: "its items have ARNs of images", span: image.key.span, node: root };
}

function found(kind: FileKind, root: MappingNode, has: readonly string[], lacks: readonly string[] = []): Identified {
  const [first = ""] = has;
  const without = lacks.length === 0 ? "" : ` and no ${listOf(lacks)}`;
  return {
    kind,
    sign: `it has ${listOf(has, "and")}${without}`,
    span: entryOf(root, first)?.key.span ?? root.span,
    node: root,
  };
}

function textOf(node: ValueNode | undefined): string {
  return node?.kind === "scalar" ? node.text : "";
}
