import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect } from "@jest/globals";
import type { WorkflowExecution } from "../index.js";
import { statusesOf } from "./run-text.js";
import { withWorkflowSteps } from "./workflow-text.js";

const program = fileURLToPath(new URL("../../dist/testing/kill-program.js", import.meta.url));
const INSTANCE = "instanceId.$: $.stepOutputs.Machine.instanceId";
const text = withWorkflowSteps([
  "{ name: Machine, action: Launch }",
  `{ name: Say, action: Command, inputs: { ${INSTANCE}, run: hello }, onFailure: Continue }`,
  `{ name: Skip, action: Command, if: { booleanEquals: true, value: false }, inputs: { ${INSTANCE} } }`,
  `{ name: Fail, action: Command, inputs: { ${INSTANCE}, do: fail } }`,
  `{ name: Rest, action: Command, inputs: { ${INSTANCE} } }`,
]);
const END = [
  "ROLLBACK_COMPLETED",
  "Machine COMPLETED/COMPLETED",
  "Say COMPLETED/SKIPPED",
  "Skip SKIPPED",
  "Fail FAILED/SKIPPED",
  "Rest CANCELLED",
];
const EFFECTS = ["Launch Machine", 'Command Say "hello"', "Command Fail", "undo Launch Machine"];

/** The execution that a process has printed; undefined if it was killed. */
function run(folder: string, killAt: number): WorkflowExecution | undefined {
  const parameters = [program, join(folder, "journal.jsonl"), join(folder, "notes"), String(killAt), text];
  const { stdout, signal, stderr } = spawnSync(process.execPath, parameters, { encoding: "utf8" });
  if (signal === null && stdout === "") throw new Error(stderr);
  return signal === "SIGKILL" ? undefined : (JSON.parse(stdout) as WorkflowExecution);
}

/**
 * Kills a run at its point number `first`, `first + stride` and so on, each in an execution of its own, and continues it: it comes to the
 * same end, and only the effect in progress at the kill runs again, with the same token. Returns the number of points.
 */
export async function expectContinuedAfterKills(first: number, stride: number): Promise<number> {
  for (let point = first; ; point += stride) {
    const isOver = await withTemporaryFolder(async (folder) => {
      const undisturbed = run(folder, point);
      const execution = undisturbed ?? run(folder, 0);
      if (execution === undefined) throw new Error("killed without a point");
      expect([point, execution.status, ...statusesOf(execution)]).toEqual([point, ...END]);
      const notes = readFileSync(join(folder, "notes"), "utf8").trimEnd().split("\n");
      const different = [...new Set(notes)];
      expect(different.map((note) => note.slice(0, note.lastIndexOf(" ")))).toEqual(EFFECTS);
      expect(notes.length - different.length).toBeLessThanOrEqual(1);
      return Promise.resolve(undisturbed !== undefined);
    });
    if (isOver) return point - 1;
  }
}
