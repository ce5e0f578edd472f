import { expect } from "@jest/globals";
import type { Executions } from "./child.js";
import { EVERYTHING, MESSAGE } from "./expected.js";

/**
 * Runs `everything` in one process for each point, which is killed there, and in a last one to the end. A step that a process has passed is
 * never run again; one that was in progress runs again with the same token.
 */
export async function expectContinued(executions: Executions, execution: string, points: readonly string[]): Promise<void> {
  await executions.send(execution, "message", MESSAGE);
  const passed = new Map<string, number>();
  for (const killAt of points) {
    expect([killAt, await executions.run(execution, "everything", { killAt })]).toEqual([killAt, "killed"]);
    const effects = executions.effects(execution);
    for (const name of passedSteps(executions.log(execution))) passed.set(name, passed.get(name) ?? effects[name]?.length ?? 0);
  }
  expect([points, await executions.run(execution, "everything")]).toEqual([points, { result: EVERYTHING }]);
  for (const [name, tokens] of Object.entries(executions.effects(execution))) {
    expect([name, points, new Set(tokens).size]).toEqual([name, points, 1]);
    if (passed.has(name)) expect([name, points, tokens.length]).toEqual([name, points, passed.get(name)]);
    else expect(tokens.length).toBeLessThanOrEqual(points.length + 1);
  }
  const interrupted = points.flatMap((point) => /^(?:inside|ending) (.+)$/.exec(point)?.[1] ?? []);
  for (const name of interrupted) {
    const times = interrupted.filter((other) => other === name).length;
    expect([name, points, (executions.effects(execution)[name]?.length ?? 0) > times]).toEqual([name, points, true]);
  }
}

/** The steps whose results, or failures, the program has seen. */
function passedSteps(log: readonly string[]): string[] {
  return log.flatMap((line) => /^after (.+)$/.exec(line)?.[1] ?? []);
}
