import { quote, type Diagnostic, type SourceFile, type Span } from "@imagewright/diagnostics";
import { describeNode, parseYaml, valueOf, type ScalarNode, type ValueNode } from "@imagewright/yaml-syntax";
import { identify } from "../kind/identify.js";
import { otherKind } from "../kind/other-kind.js";
import type { PlacedText } from "../places/placed-text.js";
import type { Resource } from "../resource.js";
import type { DocumentText } from "./document-text.js";
import type { DocumentKind } from "./document-kind.js";
import { unknownValue, unknownWhole, type OpenValues } from "../unknown-value.js";

export interface EmbeddedDocument {
  /** Undefined if the file does not contain the document. */
  readonly document: DocumentText | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

const NOTHING: EmbeddedDocument = { document: undefined, diagnostics: [] };

/** Makes a source file from the text of a document. */
export type SourceMaker = (text: PlacedText, resource: Resource) => SourceFile;

/** The document of a component or workflow in a template, a plan, a request or an answer of the API. */
export function embeddedDocument(resource: Resource, sourceOf: SourceMaker, open: OpenValues, wanted: DocumentKind): EmbeddedDocument {
  const { node, id, span, values } = resource;
  const whose = id === undefined ? `this ${wanted.resource}` : quote(id);
  const [data, uri] = [valueOf(node, "data"), valueOf(node, "uri")];
  if (data === undefined) return without(elsewhere(uri?.kind === "scalar" ? uri : undefined, whose, span));
  if (data.kind !== "scalar") return without(notText(whose, describeNode(data), data.span));
  const text = values.textOf(data);
  if (isOpenAsAWhole(text)) {
    const names = values.unknownIn(data);
    return names.length === 0 ? NOTHING : without(unknownWhole(`the document of ${whose}`, names, data.span, open));
  }
  const document = read(text, sourceOf(text, resource), { open, wanted, type: valueOf(node, "type") });
  // an answer of the service shows the documents that are in S3, too
  const isAnswer = valueOf(node, "arn") !== undefined;
  return isAnswer ? document : { ...document, diagnostics: [...tooLong(text, whose, data.span, wanted), ...document.diagnostics] };
}

/** How long a text is can be said only if all of it is known. */
function tooLong({ text, unknown }: PlacedText, whose: string, span: Span, { mostCharacters = Infinity }: DocumentKind): Diagnostic[] {
  const length = unknown.length > 0 || text.length <= mostCharacters ? 0 : [...text].length;
  if (length <= mostCharacters) return [];
  const message = `the document of ${whose} has ${length} characters; at most ${mostCharacters} are allowed here`;
  const help = 'store the document in S3, and name it by "uri" instead of "data"';
  return [{ code: "document-too-long", severity: "error", message, span, help }];
}

interface Reading {
  readonly open: OpenValues;
  readonly wanted: DocumentKind;
  readonly type: ValueNode | undefined;
}

function read(text: PlacedText, source: SourceFile, { open, wanted, type }: Reading): EmbeddedDocument {
  const parsed = parseYaml(source);
  const identified = identify(source, parsed);
  if (identified !== undefined && identified.kind !== wanted.document) return without(otherKind(identified, wanted.name));
  const isOpen = (span: Span) => span.source === source && text.unknown.some(({ start, end }) => span.start < end && span.end > start);
  const names = new Set<string>();
  const firsts = text.unknown.filter(({ name }) => name !== undefined && !names.has(name) && names.add(name));
  return {
    document: { source, parsed, isOpen, ...(type?.kind === "scalar" && { type: type.text }) },
    diagnostics: firsts.map(({ name = "", start, end }) => unknownValue(name, { source, start, end }, open)),
  };
}

function isOpenAsAWhole({ text, unknown }: PlacedText): boolean {
  return unknown.some(({ start, end }) => text.slice(0, start).trim() === "" && text.slice(end).trim() === "");
}

function elsewhere(uri: ScalarNode | undefined, whose: string, span: Span): Diagnostic {
  if (uri === undefined)
    return { code: "missing-key", severity: "error", message: `${whose} has no document, neither as text nor as a URI`, span };
  const message = `the document of ${whose} is at ${quote(uri.text)}, and is not read`;
  return { code: "document-elsewhere", severity: "info", message, span: uri.span };
}

function notText(whose: string, found: string, span: Span): Diagnostic {
  const help = 'write "|" after the key, so that the lines below it are text';
  return { code: "wrong-type", severity: "error", message: `the document of ${whose} must be text; found ${found}`, span, help };
}

function without(diagnostic: Diagnostic): EmbeddedDocument {
  return { document: undefined, diagnostics: [diagnostic] };
}
