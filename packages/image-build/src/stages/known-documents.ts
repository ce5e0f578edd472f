import type { KnownDocument } from "@imagewright/agent-protocol";
import { SourceFile } from "@imagewright/diagnostics";
import { parseDocument } from "@imagewright/document-engine";

/** A document of a run as a reader of its events knows it: by its path in the machine, its name outside of it, and its phases and steps. */
export function knownDocument(pathInside: string, { path, text }: { readonly path: string; readonly text: string }): KnownDocument {
  const { document } = parseDocument(new SourceFile(path, text));
  const phases = document?.phases.map((phase) => [phase.name.text, phase.steps.map(({ name }) => name.text)] as const);
  return { document: pathInside, name: path, phases: phases && Object.fromEntries(phases) };
}
