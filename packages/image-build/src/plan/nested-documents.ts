import { loadLocalDocument } from "@imagewright/component-runner";
import { DiagnosticCollector, isImagewrightError, quote, type Diagnostic, type SourceFile } from "@imagewright/diagnostics";
import { parseDocument, type ComponentDocument } from "@imagewright/document-engine";
import { valueOf, type ScalarNode } from "@imagewright/yaml-syntax";
import type { CopiedDocument } from "@imagewright/step-actions";
import { isAddress, resolveLocation } from "./locations.js";

export interface GatheredDocuments {
  readonly nested: readonly CopiedDocument[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Gathers the documents on this machine that ExecuteDocument steps name, and those that these name in turn, so that they can be copied into
 * a container. Relative paths start at the folder. A missing file is not a fault: a step may make it in the container.
 */
export async function gatherNestedDocuments(documents: readonly ComponentDocument[], folder: string): Promise<GatheredDocuments> {
  const nested = new Map<string, string>();
  const found = new DiagnosticCollector();
  const waiting = [...documents];
  // grows during the iteration
  for (const document of waiting) {
    for (const location of knownLocations(document, found)) {
      const source = nested.has(location.text) ? undefined : await load(location, folder, found);
      if (source === undefined) continue;
      nested.set(location.text, source.text);
      const inner = parseDocument(source).document;
      if (inner !== undefined) waiting.push(inner);
    }
  }
  return { nested: [...nested].map(([location, text]) => ({ location, text })), diagnostics: found.diagnostics };
}

/** The literal paths in the document's ExecuteDocument steps; warns about the others. */
function knownLocations({ phases }: ComponentDocument, found: DiagnosticCollector): ScalarNode[] {
  const steps = phases.flatMap((phase) => phase.steps).filter(({ action }) => action.text === "ExecuteDocument");
  const locations = steps
    .flatMap(({ inputs }) => (inputs === undefined ? [] : (valueOf(inputs, "document") ?? [])))
    .filter((node) => node.kind === "scalar");
  const paths = locations.filter(({ text }) => !isAddress(text));
  for (const { text, span } of paths.filter(isReference))
    found.warning(
      "document-not-known",
      span,
      `${quote(text)} is known only during the run, so the document must exist in the container by then; it is not copied from this machine`,
    );
  return paths.filter((path) => !isReference(path));
}

function isReference({ text }: ScalarNode): boolean {
  return text.includes("{{");
}

async function load({ text, span }: ScalarNode, folder: string, found: DiagnosticCollector): Promise<SourceFile | undefined> {
  try {
    return await loadLocalDocument(resolveLocation(text, folder));
  } catch (thrown) {
    if (!isImagewrightError(thrown)) throw thrown;
    if (thrown.code !== "component-runner/document-not-found") found.error(thrown.localCode, span, thrown.message);
    return undefined;
  }
}
