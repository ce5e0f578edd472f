import { exitWithWholeCode } from "@imagewright/node-host";

const LARGEST_OF_BUN = 255;

/** Sets the exit code with which this process ends; one that Bun would cut to eight bits, as Windows has them, ends it at once. */
export async function exitWith(code: number, flush: (flushed: () => void) => void): Promise<void> {
  process.exitCode = code;
  if (code <= LARGEST_OF_BUN) return;
  await new Promise<void>((resolve) => flush(resolve));
  exitWithWholeCode(code);
}

/** Ends this process at once. What it has written to a pipe may be lost: see `EarlyEnd`. */
export function exitAtOnce(code: number): never {
  exitWithWholeCode(code);
  process.exit(code);
}
