import { expect } from "@jest/globals";
import type { Executions } from "./child.js";
import { EVERYTHING, MESSAGE } from "./expected.js";
import { faultsInLog } from "./faults-in-log.js";

/**
 * Runs `everything` in one process for each point, which is killed there, and in a last one to the end. A step whose end a process has seen
 * never runs again; one that was in progress runs again with the same token.
 */
export async function expectContinued(executions: Executions, execution: string, points: readonly string[]): Promise<void> {
  await executions.send(execution, "message", MESSAGE);
  for (const killAt of points) expect([killAt, await executions.run(execution, "everything", { killAt })]).toEqual([killAt, "killed"]);
  expect(await executions.run(execution, "everything")).toEqual({ result: EVERYTHING });
  expect(faultsInLog(executions.log(execution))).toEqual([]);
  const interrupted = points.flatMap((point) => /^(?:inside|ending) (.+)$/.exec(point)?.[1] ?? []);
  for (const name of interrupted) {
    const times = interrupted.filter((other) => other === name).length;
    expect([name, (executions.effects(execution)[name]?.length ?? 0) > times]).toEqual([name, true]);
  }
}
