import { win32 } from "node:path";
import { inheritedEnvironment, readPrinted, runProgramSync } from "@imagewright/node-host";
import { ToolFailure } from "./run-tool.js";

/** Runs a program of Windows' folder System32 to its end, by its path: a name would be looked for in the current folder first. */
export function runWindowsTool(tool: string, parameters: readonly string[]): void {
  const file = win32.join(process.env["SystemRoot"] ?? "C:\\Windows", "System32", tool);
  const exit = runProgramSync({ file, arguments: parameters, environment: inheritedEnvironment(), input: "" });
  if (exit.kind === "exited" && exit.code === 0) return;
  // it speaks the language of the machine, in its code page
  throw new ToolFailure(tool, { ...exit, stderr: readPrinted(Buffer.from(exit.stderr, "latin1")) });
}
