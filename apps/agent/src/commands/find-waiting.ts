import { findAwaitingRestart } from "@imagewright/component-runner";
import type { PreparedDocument } from "@imagewright/document-engine";
import type { RunSettings } from "./run-settings.js";

/** The run of the same documents that was waiting for this restart. */
export function findWaiting(
  { stateDirectory, executionId, hasOwnId, phases }: RunSettings,
  documents: readonly PreparedDocument[],
): Promise<string | undefined> {
  const saved = documents.map(({ document: { source }, variables }) => ({
    location: source.name,
    text: source.text,
    variables: Object.fromEntries(variables),
  }));
  return findAwaitingRestart(stateDirectory, {
    executionId: hasOwnId ? executionId : undefined,
    documents: saved,
    phases,
    workingDirectory: process.cwd(),
  });
}
