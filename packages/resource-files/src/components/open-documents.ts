import { hasErrors, listOf, SourceFile, type Diagnostic } from "@imagewright/diagnostics";
import { parseYaml, type ParsedText } from "@imagewright/yaml-syntax";
import { identify } from "../kind/identify.js";
import type { Identified } from "../kind/identified.js";
import { KIND_TEXTS } from "../kind/file-kind.js";
import { resourceTypeOf } from "../template/resource-types.js";
import { otherKind } from "../kind/other-kind.js";
import { toSource } from "../places/placed-text.js";
import { PLAIN_VALUES, type Resource } from "../resource.js";
import { templateResources } from "../template/template-resources.js";
import { terraformResources } from "../terraform/terraform-plan.js";
import type { DocumentText } from "./document-text.js";
import { COMPONENT_DOCUMENTS, type DocumentKind } from "./document-kind.js";
import { embeddedDocument, type SourceMaker } from "./embedded-document.js";
import type { OpenValues } from "../unknown-value.js";

/**
 * Which documents a caller accepts: `file`, only documents that are files of their own; `one`, also the only document in another file, if
 * all of its values are known; `all`, every document in another file, where values that are not known are skipped.
 */
export type Take = "file" | "one" | "all";

export interface OpenedDocuments {
  readonly documents: readonly DocumentText[];
  /** Diagnostics of the file itself. Faults of the documents, including those of their YAML, are left to the reader of the documents. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Finds the component documents of a file, or documents of another kind: the file itself, or those in a CloudFormation template, a
 * Terraform plan (JSON), a request or an answer of the API. A file of another kind is named for what it is, and nothing else is said about
 * it.
 */
export function openDocuments(source: SourceFile, take: Take, wanted: DocumentKind = COMPONENT_DOCUMENTS): OpenedDocuments {
  const parsed = parseYaml(source);
  const identified = identify(source, parsed);
  if (identified === undefined || identified.kind === wanted.document)
    return { documents: [{ source, parsed, isOpen: () => false }], diagnostics: [] };
  const within = take === "file" ? undefined : findWithin(source, parsed, identified, wanted);
  if (within === undefined) return { documents: [], diagnostics: [otherKind(identified, wanted.name)] };
  if (!within.isYaml || (within.resources.length === 0 && hasErrors(within.diagnostics)))
    return { documents: [], diagnostics: within.diagnostics };
  if (within.resources.length === 0) return { documents: [], diagnostics: [otherKind(identified, wanted.name, within.helpForNone)] };
  if (take === "one" && within.resources.length > 1) return { documents: [], diagnostics: [tooMany(identified, within.resources, wanted)] };
  return openAll(within, take === "one" ? "refuse" : "pass-over", wanted);
}

// a text without any of these has no component document; most files of a folder need not be parsed
const SIGN_OF_COMPONENTS = /phases|imagebuilder/i;

/** Whether a file is recognized as a component document, or as one that contains some. */
export function hasComponents(source: SourceFile): boolean {
  if (!SIGN_OF_COMPONENTS.test(source.text)) return false;
  const parsed = parseYaml(source);
  const identified = identify(source, parsed);
  if (identified === undefined) return false;
  return (
    identified.kind === "component-document" || (findWithin(source, parsed, identified, COMPONENT_DOCUMENTS)?.resources.length ?? 0) > 0
  );
}

export interface ReferencedDocuments {
  /** By the logical IDs of their components. */
  readonly documents: ReadonlyMap<string, DocumentText>;
  readonly diagnostics: readonly Diagnostic[];
}

/** The documents of some components of a template, by their logical IDs; all of their values must be known. */
export function openReferenced(source: SourceFile, ids: ReadonlySet<string>): ReferencedDocuments {
  const { resources, sourceOf, diagnostics } = findInTemplate(source, COMPONENT_DOCUMENTS);
  const wanted = resources.flatMap((resource) =>
    resource.id !== undefined && ids.has(resource.id)
      ? [{ id: resource.id, ...embeddedDocument(resource, sourceOf, "refuse", COMPONENT_DOCUMENTS) }]
      : [],
  );
  return {
    documents: new Map(wanted.flatMap(({ id, document }) => (document === undefined ? [] : [[id, document] as const]))),
    diagnostics: [...diagnostics, ...wanted.flatMap((each) => each.diagnostics)],
  };
}

interface Within {
  readonly isYaml: boolean;
  readonly resources: readonly Resource[];
  readonly diagnostics: readonly Diagnostic[];
  readonly sourceOf: SourceMaker;
  readonly helpForNone?: string;
}

function findWithin(source: SourceFile, parsed: ParsedText, { kind, node, span }: Identified, wanted: DocumentKind): Within | undefined {
  switch (kind) {
    case wanted.resource: {
      const resources: Resource[] = node === undefined ? [] : [{ kind, node, span, values: PLAIN_VALUES }];
      return { ...parsed, resources, sourceOf: (text, { span: whole }) => toSource(source.name, text, whole) };
    }
    case "cloudformation-template":
      return findInTemplate(source, wanted);
    case "terraform-plan":
      return {
        ...parsed,
        resources: parsed.root === undefined ? [] : terraformResources(parsed.root, wanted),
        // a plan is a single line, so places in it would not help
        sourceOf: ({ text }, { id = source.name }) => new SourceFile(id, text),
        helpForNone: `it has no "${wanted.terraformType}"`,
      };
    default:
      return undefined;
  }
}

function findInTemplate(source: SourceFile, wanted: DocumentKind): Within {
  const { root, diagnostics, isYaml } = parseYaml(source, { tags: "keep" });
  const found = root?.kind === "mapping" && isYaml ? templateResources(root, [wanted.resource]) : { resources: [], diagnostics: [] };
  return {
    isYaml,
    resources: found.resources,
    diagnostics: [...diagnostics, ...found.diagnostics],
    sourceOf: (text, { id, span }) => toSource(id === undefined ? source.name : `${source.name}: ${id}`, text, span),
    helpForNone: `it has no resource of the type "${resourceTypeOf(wanted.resource) ?? ""}"`,
  };
}

function openAll({ resources, diagnostics, sourceOf }: Within, open: OpenValues, wanted: DocumentKind): OpenedDocuments {
  const embedded = resources.map((resource) => embeddedDocument(resource, sourceOf, open, wanted));
  return {
    documents: embedded.flatMap(({ document }) => document ?? []),
    diagnostics: [...diagnostics, ...embedded.flatMap((each) => each.diagnostics)],
  };
}

function tooMany({ kind, span }: Identified, resources: readonly Resource[], { plural, command }: DocumentKind): Diagnostic {
  const ids = resources.flatMap(({ id }) => id ?? []);
  return {
    code: "several-documents",
    severity: "error",
    message: `this is ${KIND_TEXTS[kind].name} with ${ids.length} ${plural}, those of ${listOf(ids.slice(0, 10), "and")}${ids.length > 10 ? " and others" : ""}; one is wanted`,
    span,
    help: `write the wanted one into a file of its own; ${command} checks all of them`,
  };
}
