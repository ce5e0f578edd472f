import type { Platform } from "@imagewright/action-contract";
import { standardRegistry } from "@imagewright/action-modules";
import type { Diagnostic, SourceFile } from "@imagewright/diagnostics";
import { checkDocument } from "@imagewright/document-engine";
import type { Api } from "@imagewright/imagebuilder-model";
import { stepActionContracts } from "@imagewright/step-actions";
import { checkWorkflow } from "@imagewright/workflow-engine";

const PLATFORM_OF: Readonly<Record<Api.Platform, Platform>> = { Linux: "linux", macOS: "darwin", Windows: "windows" };
const PHASES = ["build", "validate", "test"];

/** What is found of a document. */
export interface CheckedEntry {
  /** As the document has it. */
  readonly description: string | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Checks a component document by the modules of its platform, and for a phase that builds run, as CreateComponent does. */
export function checkCatalogueComponent(source: SourceFile, platform: Api.Platform): CheckedEntry {
  const { document, diagnostics } = checkDocument(source, { registry: standardRegistry, platforms: [PLATFORM_OF[platform]] });
  const description = document?.description;
  const [first] = document?.phases ?? [];
  if (first === undefined || document?.phases.some(({ name }) => PHASES.includes(name.text)) === true) return { description, diagnostics };
  const without: Diagnostic = {
    ...{ code: "no-phase-of-images", severity: "error", span: first.name.span },
    message: "the document has none of the phases build, validate and test",
  };
  // for a run it is a warning
  return { description, diagnostics: [...diagnostics.filter(({ code }) => code !== "no-usual-phase"), without] };
}

/** Checks a workflow document for its type, as CreateWorkflow does. */
export function checkCatalogueWorkflow(source: SourceFile, type: Api.WorkflowType): CheckedEntry {
  const { document, diagnostics } = checkWorkflow(source, { registry: stepActionContracts, type });
  return { description: document?.description, diagnostics };
}
