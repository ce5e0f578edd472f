import { hash } from "node:crypto";
import { writeSync } from "node:fs";
import type { ProcessCommand, Processes, ProcessExit, ProcessStreams } from "@imagewright/action-contract";
import { endMarkedProcesses, presentMarks, withMark } from "@imagewright/node-host";

/** One call that carries out a run, from its start or from where another one was killed. */
export interface RunCall {
  /** A name that no other call has. */
  readonly id: string;
  /** The ids of the killed calls that this one continues. */
  readonly before: readonly string[];
}

/**
 * Starts the commands of steps. Each carries a mark of the call and of its place in the run: before the first command of a place starts,
 * what killed calls have left running at the same place is ended. While a command runs its mark is in the file, for processes that come
 * after this one.
 */
export class StepCommands {
  readonly #ended = new Map<string, Promise<void>>();
  #left: Promise<ReadonlySet<string>> | undefined;

  constructor(
    private readonly processes: Processes,
    private readonly runningFile: number,
    private readonly call: RunCall,
  ) {}

  processesOf(key: string): Processes {
    return { run: (command, streams) => this.#run(placeOf(key), command, streams) };
  }

  async #run(place: string, command: ProcessCommand, streams: ProcessStreams): Promise<ProcessExit> {
    if (this.call.before.length > 0 && !(await this.#endLeft(place, streams.signal))) return { kind: "aborted" };
    const mark = markOf(this.call.id, place);
    writeSync(this.runningFile, mark, 0);
    try {
      return await this.processes.run({ ...command, environment: withMark(command.environment, mark) }, streams);
    } finally {
      // to cut the file takes several times as long
      writeSync(this.runningFile, " ".repeat(mark.length), 0);
    }
  }

  /** Whether all have ended; false if the signal aborted before. */
  async #endLeft(place: string, signal: AbortSignal): Promise<boolean> {
    const ended = this.#ended.get(place) ?? this.#end(place, signal);
    this.#ended.set(place, ended);
    try {
      await ended;
      return true;
    } catch (thrown) {
      if (signal.aborted) return false;
      throw thrown;
    }
  }

  async #end(place: string, signal: AbortSignal): Promise<void> {
    this.#left ??= presentMarks();
    const left = await this.#left;
    for (const id of this.call.before) {
      const mark = markOf(id, place);
      if (left.has(mark)) await endMarkedProcesses(mark, signal);
    }
  }
}

/** Of the same length for each key, so that one mark in the file replaces another. */
function placeOf(key: string): string {
  return hash("sha256", key, "hex").slice(0, 16);
}

function markOf(id: string, place: string): string {
  return `${id}.${place}`;
}
