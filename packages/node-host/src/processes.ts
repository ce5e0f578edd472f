import type { ProcessCommand, Processes, ProcessExit, ProcessStreams } from "@imagewright/action-contract";
import type { CommandFamily } from "./command-family.js";
import { IS_WINDOWS } from "./is-windows.js";
import { makeFamily } from "./make-family.js";
import { onAbort } from "./on-abort.js";
import { RunningProgram, type Patience } from "./running-program.js";
import { forgetGroup, noteGroup } from "./running-groups.js";
import { startProcess } from "./start-process.js";
import { decodedStreams } from "./windows/decoded-streams.js";

/** Runs processes on this machine with the runtime's own API, which in the packed agent is faster than any library. */
export const processes: Processes = { run: (command, streams) => runProcess(command, streams) };

interface OwnCommand extends ProcessCommand {
  /** Whether it goes on when a signal ends this process at once. */
  readonly outlivesCaller?: boolean | undefined;
}

/** As the port's `run`. `patience` limits the wait for output that a background child keeps open. */
export async function runProcess(command: OwnCommand, streams: ProcessStreams, patience?: Patience): Promise<ProcessExit> {
  if (streams.signal.aborted) return { kind: "aborted" };
  const family = makeFamily();
  const output = IS_WINDOWS ? decodedStreams(streams) : { streams, end: () => undefined };
  const own = { ...command, environment: family.environment(command.environment) };
  const program = new RunningProgram(startProcess, own, output.streams, patience);
  family.adopt(program.pid);
  if (command.outlivesCaller !== true) noteGroup(program.pid);
  const stopKilling = killOnAbort(family, streams.signal);
  try {
    const exit = await program.end;
    output.end();
    if (!streams.signal.aborted) return exit;
    await family.kill();
    return { kind: "aborted" };
  } catch (thrown) {
    await family.kill();
    throw thrown;
  } finally {
    forgetGroup(program.pid);
    stopKilling();
    family.release();
  }
}

const GRACE_MILLISECONDS = 2_000;

/** Asks the whole family to end as soon as the signal aborts, and kills what is left after the grace period. */
function killOnAbort(family: CommandFamily, signal: AbortSignal): () => void {
  let timer: NodeJS.Timeout | undefined;
  const end = () => {
    void family.terminate();
    timer = setTimeout(() => void family.kill(), GRACE_MILLISECONDS);
  };
  const forget = onAbort(signal, end);
  return () => {
    clearTimeout(timer);
    forget();
  };
}
