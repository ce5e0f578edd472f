import type { CommandFamily } from "../command-family.js";
import { endTree } from "./taskkill.js";

/** A command on Windows with the processes below it. There is no request to end that a console program would get, so all end at once. */
export class WindowsFamily implements CommandFamily {
  #isEnded = false;

  environment(environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    return environment;
  }

  async terminate(leader: number | undefined): Promise<void> {
    return this.kill(leader);
  }

  async kill(leader: number | undefined): Promise<void> {
    // once only: afterwards the id can be that of another process
    if (leader !== undefined && !this.#isEnded) endTree(leader);
    this.#isEnded = true;
  }
}
