import { blockActions, type ActionRegistry, type HostPorts } from "@imagewright/action-contract";
import { standardRegistry as registry } from "@imagewright/action-modules";
import { writeResult } from "@imagewright/agent-protocol";
import { checkComponents, joinFaults, prepareComponents, type DocumentLoader } from "@imagewright/component-runner";
import { count, hasErrors, listOf, safe, showDiagnostics, unknownName } from "@imagewright/diagnostics";
import type { PreparedDocument } from "@imagewright/document-engine";
import { EXIT } from "../cli/exit-codes.js";
import { UsageError } from "../cli/usage-error.js";
import { printResult, type Terminal } from "../terminal.js";
import type { RunSettings } from "./run-settings.js";

/** The documents of a run, or undefined if they have faults, which have been printed. */
export async function prepareRun(
  settings: RunSettings,
  load: DocumentLoader,
  { host, terminal }: { readonly host: Pick<HostPorts, "platform">; readonly terminal: Terminal },
): Promise<readonly PreparedDocument[] | undefined> {
  const checked = await checkComponents({
    locations: settings.locations,
    registry: registryWithout(settings.blockedActions),
    platforms: [host.platform],
    load,
  });
  const { prepared, diagnostics, unused, unknownPhases } = prepareComponents(checked.documents, {
    ...settings,
    howToGive: (name) => `give it with --parameters ${name}=VALUE`,
  });
  const all = joinFaults(checked.diagnostics, diagnostics);
  terminal.err(showDiagnostics(all, terminal));
  // the phases of a job are those of a stage, which not every document has
  if (settings.job === undefined) for (const problem of unknownPhases) terminal.err(safe`warning: ${problem}\n`);
  if (unused.length > 0)
    terminal.err(
      safe`warning: no document has the ${unused.length === 1 ? "parameter" : "parameters"} ${listOf(unused, "and")}; ignored\n`,
    );
  return hasErrors(all) ? undefined : prepared;
}

export function registryWithout(blocked: readonly string[]): ActionRegistry {
  const unknown = blocked.find((name) => !registry.names.includes(name));
  if (unknown !== undefined) throw new UsageError(`--blocked-action-modules: ${unknownName("action module", unknown, registry.names)}`);
  return blockActions(registry, blocked);
}

/** Reports that the documents were not run. Returns the exit code. */
export function reportInvalid({ executionId, locations, job }: RunSettings, terminal: Terminal): number {
  const failureMessage = `${count(locations.length, "document")} not run because of faults: ${locations.join(", ")}`;
  const counts = { failedStepCount: 0, executedStepCount: 0, ignoredFailedStepCount: 0 };
  const summary = { executionId, status: "failed" as const, ...counts, failureMessage, logUrl: "" };
  if (job !== undefined) writeResult(job, summary);
  printResult(summary, terminal);
  return EXIT.failed;
}
