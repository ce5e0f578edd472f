import { createRegistry } from "@imagewright/action-contract";
import { coreActions } from "@imagewright/action-modules-core";
import { SourceFile } from "@imagewright/diagnostics";
import { checkDocument } from "@imagewright/document-engine";
import { windowsActions } from "../index.js";

const registry = createRegistry(coreActions, windowsActions);

/**
 * Checks a document for Windows with one step that has these inputs, written as YAML below "inputs:". An earlier step has the output
 * `{{ build.Before.outputs.stdout }}`, Anything is a parameter, Known and Quoted are constants. Returns one line for each fault: the text
 * at its place, the message, and the help after a dash.
 */
export function faultsOf(action: string, inputs: string): string[] {
  const text = `schemaVersion: 1.0
parameters:
  - Anything: { type: string }
constants:
  - Known: { type: string, value: known }
  - Quoted: { type: string, value: it's }
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
