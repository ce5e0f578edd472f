import { DiagnosticCollector, quote, SourceFile, type Diagnostic } from "@imagewright/diagnostics";
import { parseDocument } from "@imagewright/document-engine";
import { checkCommands, checkHost, HOST_TEST_PHASE } from "@imagewright/step-actions";
import type { BuildPlan, PlannedComponent } from "./build-plan.js";
import { openPlannedWorkflow } from "./open-planned-workflow.js";

export interface HostSupport {
  /** The name of the build host in messages. */
  readonly host: string;
  /** Whether the host can start a machine of its own for the tests of a container from outside. */
  readonly hasTestMachines: boolean;
  /** Whether these tests may run as root on this machine instead. */
  readonly allowHostTests: boolean;
}

/** Reports what of a plan the build host cannot do, each with its place in the documents; nothing has been started then. */
export function checkPlanOnHost(
  plan: Pick<BuildPlan, "components" | "workflows" | "commandDocuments">,
  support: HostSupport,
): Diagnostic[] {
  // a document that a recipe names twice has its faults once
  const planned = new Map(plan.workflows.map((one) => [`${one.path} ${one.digest}`, one]));
  const workflows = [...planned.values()].map((one) => openPlannedWorkflow(one).workflow);
  const commands = new Map(Object.entries(plan.commandDocuments ?? {}));
  const areTested = workflows.some(({ type, steps }) => type === "TEST" && steps.some(({ action }) => action.text === "ExecuteComponents"));
  return [
    ...workflows.flatMap((workflow) => [...checkHost(workflow), ...checkCommands(workflow, commands)]),
    ...(areTested ? plan.components.flatMap((component) => checkHostTests(component, support)) : []),
  ];
}

function checkHostTests({ path, text }: PlannedComponent, { host, hasTestMachines, allowHostTests }: HostSupport): readonly Diagnostic[] {
  if (hasTestMachines || allowHostTests) return [];
  const found = new DiagnosticCollector();
  const { document } = parseDocument(new SourceFile(path, text));
  for (const { name } of document?.phases ?? []) {
    if (name.text !== HOST_TEST_PHASE) continue;
    const message = `phase ${quote(name.text)} runs as root on the machine that has the container, and ${host} has no machine for it alone`;
    found.error("host-tests-not-allowed", name.span, message, {
      help: "give --allow-host-tests to run it on this machine, if you trust the component",
    });
  }
  return found.diagnostics;
}
