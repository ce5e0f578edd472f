import { DiagnosticCollector, renderText, SourceFile } from "@imagewright/diagnostics";
import { createNodeHost } from "@imagewright/node-host";
import { withTemporaryFolder } from "@imagewright/test-kit";
import {
  bindVariables,
  checkDocument,
  runDocuments,
  type PreparedDocument,
  type RunEvent,
  type RunInterrupted,
  type RunRequest,
  type RunResult,
  type StepResult,
} from "../index.js";
import { testRegistry } from "./test-actions.js";

export interface YamlRun {
  readonly result: RunResult;
  readonly events: readonly RunEvent[];
}

export interface YamlRunOptions extends Partial<RunRequest> {
  readonly parameters?: Readonly<Record<string, string>>;
  /** Runs documents despite errors in the check. */
  readonly unchecked?: boolean;
}

/** Checks and really runs documents on this machine, in a new folder. */
export async function runYaml(documents: string | readonly string[], options: YamlRunOptions = {}): Promise<YamlRun> {
  const { outcome, events } = await startYaml(documents, options);
  if (outcome.status === "restart") throw new Error(`step ${outcome.place.step} asks for a restart`);
  return { result: outcome, events };
}

/** The same for runs that may ask for a restart. */
export async function startYaml(
  documents: string | readonly string[],
  options: YamlRunOptions = {},
): Promise<{ outcome: RunResult | RunInterrupted; events: readonly RunEvent[] }> {
  const registry = options.registry ?? testRegistry;
  const prepared = [documents]
    .flat()
    .map((text, index) => prepare(new SourceFile(`document-${index + 1}.yaml`, text), { ...options, registry }));
  const events: RunEvent[] = [];
  const outcome = await withTemporaryFolder((folder) =>
    runDocuments({
      executionId: "run-1",
      documents: prepared,
      phases: undefined,
      host: createNodeHost(),
      workingDirectory: folder,
      temporaryDirectory: folder,
      environment: {},
      signal: new AbortController().signal,
      ...options,
      registry,
      onEvent: (event) => {
        events.push(event);
        options.onEvent?.(event);
      },
    }),
  );
  return { outcome, events };
}

function prepare(
  source: SourceFile,
  { registry, parameters = {}, unchecked = false }: YamlRunOptions & Pick<RunRequest, "registry">,
): PreparedDocument {
  const found = new DiagnosticCollector();
  const { document, diagnostics } = checkDocument(source, { registry, platforms: ["linux"] });
  found.add(diagnostics);
  const bound = document === undefined ? undefined : bindVariables(document, [new Map(Object.entries(parameters))]);
  found.add(bound?.diagnostics ?? []);
  if (document === undefined || bound === undefined || (found.hasErrors && !unchecked)) throw new Error(renderText(found.diagnostics));
  return { document, variables: bound.variables };
}

/** A document with the given lines as its steps, in the phase build. */
export function withSteps(...steps: readonly string[]): string {
  return ["schemaVersion: 1.0", "phases:", "  - name: build", "    steps:", ...steps.map((step) => `      - ${step}`), ""].join("\n");
}

/** All steps of a run, in order. */
export function stepsOf(result: RunResult): StepResult[] {
  return result.documents.flatMap((document) => document.phases.flatMap((phase) => phase.steps));
}
