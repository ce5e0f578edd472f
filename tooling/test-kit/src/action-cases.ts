import { chmod } from "node:fs/promises";
import type { ActionModule } from "@imagewright/action-contract";
import { expect, test } from "@jest/globals";
import { runAction, type ActionRun } from "./action-run.js";
import { asNobody, isRoot } from "./as-nobody.js";
import { withTemporaryFolder } from "./temporary-folder.js";
import { readTree, treeDifference } from "./tree.js";

/** One row of an action's test table. */
export interface ActionCase<Input> {
  readonly name: string;
  /** Makes the initial content of the folder. */
  readonly given?: (folder: string) => Promise<unknown>;
  readonly input: Input | ((folder: string) => Input);
  /** What changes on disk; the user and group who run the test are `me`. */
  readonly changes?: readonly string[];
  /** The expected `changed` of the result; not checked if omitted. */
  readonly changed?: boolean;
  /** Why it fails, the folder written as `<folder>`; a row without a reason must succeed. */
  readonly reason?: string;
  /** `root`: the row needs root. `nobody`: root makes the folder and an unprivileged user runs the action. */
  readonly runAs?: "root" | "nobody";
}

/** Runs each row as a test on real files, with the umask 022. */
export function testActionCases<Input>(module: ActionModule<Input>, cases: readonly ActionCase<Input>[]): void {
  for (const row of cases) {
    const declare = row.runAs !== undefined && !isRoot ? test.skip : test;
    declare(row.runAs === undefined ? row.name : `${row.name} (needs root)`, async () => {
      const { run, changes } = await runCase(module, row);
      expect(run.result.status === "failed" ? run.result.reason : undefined).toBe(row.reason);
      expect(changes).toEqual(row.changes ?? []);
      if (row.changed !== undefined) expect(run.result).toMatchObject({ changed: row.changed });
    });
  }
}

export interface CaseRun {
  readonly run: ActionRun;
  readonly changes: readonly string[];
}

/** Runs one row and returns the result, failed or not. */
export async function runCase<Input>(module: ActionModule<Input>, row: ActionCase<Input>): Promise<CaseRun> {
  return withTemporaryFolder(async (folder) => {
    const oldUmask = process.umask(0o022);
    try {
      await chmod(folder, 0o755);
      await row.given?.(folder);
      const before = await readTree(folder);
      // a function makes the input; no action has a function as its input
      const input = typeof row.input === "function" ? (row.input as (folder: string) => Input)(folder) : row.input;
      const act = () => runAction(module, input, { workingDirectory: folder });
      const run = await (row.runAs === "nobody" ? asNobody(act) : act());
      const changes = treeDifference(before, await readTree(folder)).map(withoutIds);
      return { run: withoutFolder(run, folder), changes };
    } finally {
      process.umask(oldUmask);
    }
  });
}

function withoutIds(line: string): string {
  return line.replace(` ${process.getuid?.()}:${process.getgid?.()}`, " me");
}

function withoutFolder(run: ActionRun, folder: string): ActionRun {
  const shorten = (text: string) => text.replaceAll(folder, "<folder>");
  const result = run.result.status === "failed" ? { ...run.result, reason: shorten(run.result.reason) } : run.result;
  return { ...run, result, log: run.log.map(shorten) };
}
