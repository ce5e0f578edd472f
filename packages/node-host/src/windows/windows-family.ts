import type { CommandFamily } from "../command-family.js";
import { holdInJob, type CommandJob } from "./command-job.js";
import { endTree } from "./taskkill.js";

/**
 * A command on Windows with all that it starts, in a job of Windows. There is no request to end that a console program would get, so all
 * end at once.
 */
export class WindowsFamily implements CommandFamily {
  #leader: number | undefined;
  #job: CommandJob | undefined;

  environment(environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    return environment;
  }

  adopt(leader: number | undefined): void {
    this.#leader = leader;
    this.#job = leader === undefined ? undefined : holdInJob(leader);
  }

  async terminate(): Promise<void> {
    return this.kill();
  }

  async kill(): Promise<void> {
    // first, while parents run: what the command has started before it was in the job is found by them alone
    if (this.#leader !== undefined) endTree(this.#leader);
    // once only: afterwards the id can be that of another process
    this.#leader = undefined;
    this.#job?.end();
  }

  release(): void {
    this.#job?.release();
    this.#job = undefined;
  }
}
