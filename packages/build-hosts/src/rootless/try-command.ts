import { runTool, type ToolResult } from "../processes/run-tool.js";

const LONGEST_MILLISECONDS = 10_000;

/** Runs a command that should end at once; its failure is a result as well, even if it does not end or is not installed. */
export async function tryCommand([file = "", ...parameters]: readonly string[]): Promise<ToolResult> {
  const signal = AbortSignal.timeout(LONGEST_MILLISECONDS);
  try {
    return await runTool({ file, arguments: parameters, signal });
  } catch (thrown) {
    const reason = signal.aborted ? `it did not end within ${LONGEST_MILLISECONDS / 1000} s` : (thrown as Error).message;
    return { exitCode: 1, stdout: "", stderr: reason };
  }
}
