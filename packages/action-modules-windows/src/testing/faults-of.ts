import { createRegistry } from "@imagewright/action-contract";
import { coreActions } from "@imagewright/action-modules-core";
import { SourceFile } from "@imagewright/diagnostics";
import { checkDocument } from "@imagewright/document-engine";
import { windowsActions } from "../index.js";

const registry = createRegistry(coreActions, windowsActions);

/**
 * What the check of a document for Windows says of a step with these inputs, which are written as YAML below "inputs:". Before it, a step
 * has left an output, `{{ build.Before.outputs.stdout }}`. A line each: the text at the place, the message, and the help after a dash.
 */
export function faultsOf(action: string, inputs: string): string[] {
  const text = `schemaVersion: 1.0
parameters:
  - Anything: { type: string }
phases:
  - name: build
    steps:
      - { name: Before, action: ExecuteBinary, inputs: { path: whoami } }
      - name: Step
        action: ${action}${inputs === "" ? "" : `\n        inputs:${inputs.includes("\n") || /^[\w-]+:|^- /.test(inputs) ? `\n${inputs.replace(/^(?=.)/gm, "          ")}` : ` ${inputs}`}`}
`;
  const { diagnostics } = checkDocument(new SourceFile("a.yaml", text), { registry, platforms: ["windows"] });
  return diagnostics.map(
    ({ span, message, help }) => `${text.slice(span.start, span.end)} | ${message}${help === undefined ? "" : ` - ${help}`}`,
  );
}
