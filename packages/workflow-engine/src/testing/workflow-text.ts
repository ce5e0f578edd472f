import { SourceFile } from "@imagewright/diagnostics";
import { checkWorkflow, type CheckedWorkflow, type WorkflowType } from "../index.js";
import { testActions } from "./test-actions.js";

/** A document with these steps, each in the flow form of YAML, and other parts after them. */
export function withWorkflowSteps(steps: readonly string[], others = ""): string {
  return `schemaVersion: 1.0\nsteps:\n${steps.map((step) => `  - ${step}\n`).join("")}${others}`;
}

/** What is reported of a document, each as `line:column code: message`; a warning with its severity before it. */
export function reportedOf(text: string, type: WorkflowType = "BUILD"): string[] {
  return checkWorkflow(new SourceFile("f.yaml", text), { registry: testActions(), type }).diagnostics.map((diagnostic) => {
    const { line, column } = diagnostic.span.source.position(diagnostic.span.start);
    const severity = diagnostic.severity === "error" ? "" : `${diagnostic.severity} `;
    return `${line}:${column} ${severity}${diagnostic.code}: ${diagnostic.message}`;
  });
}

/** A document without errors. */
export function checkedWorkflow(text: string, type: WorkflowType = "BUILD"): CheckedWorkflow {
  const { document, diagnostics } = checkWorkflow(new SourceFile("f.yaml", text), { registry: testActions(), type });
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (document === undefined || errors.length > 0) throw new Error(errors.map(({ message }) => message).join("; "));
  return document;
}
