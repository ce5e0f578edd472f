import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import type { ProcessCommand, ProcessExit } from "@imagewright/action-contract";
import { watchExitCode } from "./windows/exit-code.js";
import { START_OPTIONS } from "./start-options.js";
import type { ProcessEvents, StartedProcess, StartProcess } from "./started-process.js";

/** The part of Bun's API that is used here; see https://bun.com/docs/runtime/child-process. */
interface Bun {
  spawn(command: readonly string[], options: SpawnOptions): BunProcess;
}

interface SpawnOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stdio: readonly ["ignore", "pipe", "pipe"];
  readonly detached: boolean;
  readonly windowsHide: boolean;
  readonly windowsVerbatimArguments: boolean;
  readonly onExit: (process: BunProcess, code: number | null) => void;
}

interface BunProcess {
  readonly pid: number;
  readonly stdout: ReadableStream<Uint8Array>;
  readonly stderr: ReadableStream<Uint8Array>;
  readonly signalCode: string | null;
  unref(): void;
}

const { Bun: bun } = globalThis as { readonly Bun?: Bun };

/** Starts a program with Bun's own call; undefined if this is not Bun. */
export const startWithBun: StartProcess | undefined = bun && ((command, events) => start(bun, command, events));

function start(
  { spawn }: Bun,
  { file, arguments: parameters, workingDirectory, environment, verbatimArguments = false }: ProcessCommand,
  events: ProcessEvents,
): StartedProcess {
  let exited: () => void = () => undefined;
  const exit = new Promise<void>((resolve) => {
    exited = resolve;
  });
  try {
    const onExit = (process: BunProcess, code: number | null) => {
      events.onExit(exitOf(process, wholeCode?.() ?? code));
      exited();
    };
    const child = spawn([file, ...parameters], {
      cwd: workingDirectory,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
      windowsVerbatimArguments: verbatimArguments,
      ...START_OPTIONS,
      onExit,
    });
    const wholeCode = watchExitCode(child.pid);
    const outputs = (["stdout", "stderr"] as const).map((name) => new Output(child[name], (chunk) => events.onOutput(name, chunk)));
    void Promise.all([exit, ...outputs.map(({ end }) => end)]).then(() => events.onClose());
    return { pid: child.pid, release: () => [child.unref(), ...outputs.map((output) => output.release())] };
  } catch (thrown) {
    queueMicrotask(() => events.onFailure(thrown as NodeJS.ErrnoException));
    return { pid: undefined, release: () => undefined };
  }
}

function exitOf({ signalCode }: BunProcess, code: number | null): ProcessExit {
  return signalCode === null && code !== null ? { kind: "exited", code } : { kind: "killed", signal: signalCode ?? "unknown" };
}

/** Reads one output of a program to its end. */
class Output {
  readonly #stream: ReadableStream<Uint8Array>;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  /** Resolves when no process has the output open any more. */
  readonly end: Promise<void>;
  #isOpen = true;

  constructor(
    stream: ReadableStream<Uint8Array>,
    private readonly onChunk: (chunk: Uint8Array) => void,
  ) {
    this.#stream = stream;
    this.#reader = stream.getReader();
    this.end = this.#read().catch(() => undefined); // the reader has been released, or the pipe broke: no more output follows
  }

  async #read(): Promise<void> {
    for (;;) {
      const { done, value } = await this.#reader.read();
      if (done) break;
      this.onChunk(value);
    }
    this.#isOpen = false;
  }

  /** Continues to read, so that children that still print do not block; under Bun only this way does not keep this process alive. */
  release(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#reader.releaseLock();
    const rest: Readable & { unref?: () => void } = Readable.fromWeb(this.#stream);
    rest.on("error", () => undefined).resume();
    rest.unref?.();
  }
}
