import type { ProcessStreams } from "@imagewright/action-contract";
import { OutputKeeper } from "./output-keeper.js";

/** The output of a program, decoded as UTF-8. */
export interface ProgramOutput {
  /** The first 4 MiB. */
  readonly stdout: string;
  /** The last 64 KiB. */
  readonly stderr: string;
}

/** Runs a program by `run`, and returns its result together with its output. */
export async function collectOutput<Exit extends object>(
  run: (onOutput: ProcessStreams["onOutput"]) => Promise<Exit>,
): Promise<Exit & ProgramOutput> {
  const kept = { stdout: new OutputKeeper(4 << 20, "first"), stderr: new OutputKeeper(64 << 10, "last") };
  const exit = await run((stream, chunk) => kept[stream].add(chunk));
  return { ...exit, stdout: kept.stdout.toString(), stderr: kept.stderr.toString() };
}
