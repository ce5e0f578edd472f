import type { Processes } from "@imagewright/action-contract";
import { endFlushed } from "@imagewright/node-host";
import type { Terminal } from "./terminal.js";

/**
 * The end of this process in the middle of a run, as in a crash, but for what it has said, which is written first. Until then the run does
 * not hear of the end of a command: it would go on, and its state must stay as it is so that it can be continued.
 */
export class EarlyEnd {
  #hasBegun = false;

  constructor(private readonly terminal: Pick<Terminal, "flush">) {}

  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** Calls `end`, which ends the process; at once if this has begun already, since somebody does not want to wait. */
  begin(end: () => void): void {
    if (this.#hasBegun) return end();
    this.#hasBegun = true;
    endFlushed(end, this.terminal.flush);
  }

  /** The processes as a run is to have them. */
  holdBack(processes: Processes): Processes {
    return {
      run: async (command, streams) => {
        const exit = await processes.run(command, streams);
        return this.#hasBegun ? new Promise<never>(() => undefined) : exit;
      },
    };
  }
}
