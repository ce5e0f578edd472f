import type { ActionContext, ActionModule, ActionResult } from "@imagewright/action-contract";
import { isImagewrightError } from "@imagewright/diagnostics";
import { createNodeHost } from "@imagewright/node-host";

export interface ActionRun {
  readonly result: ActionResult;
  /** The hints of a failure, thrown or returned. */
  readonly hints: readonly string[];
  readonly stdout: string;
  readonly stderr: string;
  readonly log: readonly string[];
}

/** Runs an action for real on this machine, as the engine would: an error becomes a failed result. */
export async function runAction<Input>(
  module: ActionModule<Input>,
  input: Input,
  context: Partial<ActionContext> & { readonly workingDirectory: string },
): Promise<ActionRun> {
  const printed: Record<"stdout" | "stderr", Uint8Array[]> = { stdout: [], stderr: [] };
  const log: string[] = [];
  let hints: readonly string[] = [];
  const result = await Promise.resolve()
    .then(() =>
      module.run(input, {
        host: createNodeHost(),
        signal: new AbortController().signal,
        temporaryDirectory: context.workingDirectory,
        environment: { PATH: process.env["PATH"] ?? "/usr/bin:/bin" },
        output: (stream, chunk) => printed[stream].push(Uint8Array.from(chunk)),
        log: (line) => log.push(line),
        runDocument: () => Promise.reject(new Error("this test runs no nested documents")),
        ...context,
      }),
    )
    .catch((thrown: unknown): ActionResult => {
      if (isImagewrightError(thrown)) hints = thrown.hints;
      return { status: "failed", reason: thrown instanceof Error ? thrown.message : String(thrown) };
    });
  if (result.status === "failed") hints = result.hints ?? hints;
  return { result, hints, stdout: Buffer.concat(printed.stdout).toString(), stderr: Buffer.concat(printed.stderr).toString(), log };
}
