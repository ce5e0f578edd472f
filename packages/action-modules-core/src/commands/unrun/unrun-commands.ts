import type { OutputStream } from "@imagewright/action-contract";

/** What a shell has said of a command that did nothing. */
export interface UnrunCommand {
  readonly kind: "missing" | "refused" | "package";
  /** The name of the missing command, what sudo said, or the package that a package manager does not know. */
  readonly text: string;
  /** The line of the script from 1, if it was the script itself that called it. */
  readonly line?: number;
}

const MOST_FOUND = 20;
const LONGEST_LINE = 4096;
const LINE_FEED = 10;
// in all lines that are of interest, so that others cost only a look
const WORDS = ["not found", "No such file or directory", "sudo: ", "E: Unable to locate package "].map((word) => Buffer.from(word));

/**
 * Finds the commands that did nothing in what a command prints, in bounded memory: missing ones, those that sudo has refused,
 * and installations of packages that apt does not know. What is understood are the messages of bash, dash and busybox, of sudo, of programs
 * that start others, and of apt.
 */
export class UnrunCommands {
  readonly #found = new Map<string, UnrunCommand>();
  readonly #lines = { stdout: new Lines(), stderr: new Lines() };

  /** `script` is the path by which the shell names the script in its messages; undefined if there is none. */
  constructor(private readonly script: string | undefined) {}

  push(stream: OutputStream, chunk: Uint8Array): void {
    if (this.#found.size >= MOST_FOUND) return;
    for (const line of this.#lines[stream].push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))) this.#take(stream, line);
  }

  /** In the order in which they were printed; each once. */
  end(): UnrunCommand[] {
    for (const stream of ["stdout", "stderr"] as const) for (const line of this.#lines[stream].end()) this.#take(stream, line);
    return [...this.#found.values()];
  }

  #take(stream: OutputStream, line: string): void {
    const own = this.script === undefined || !line.startsWith(`${this.script}: line `) ? undefined : line.slice(this.script.length + 2);
    // what looks like a message of another program may be anything on standard output
    const unrun = own !== undefined ? ofScript(own) : stream === "stderr" ? ofOther(line) : undefined;
    if (unrun !== undefined && this.#found.size < MOST_FOUND) this.#found.set(`${unrun.line ?? ""} ${unrun.text}`, unrun);
  }
}

function ofScript(message: string): UnrunCommand | undefined {
  const [, line, name] = /^line (\d+): (.+): command not found$/.exec(message) ?? [];
  return name === undefined ? undefined : { kind: "missing", text: name, line: Number(line) };
}

const REFUSALS =
  /^sudo: ((?:unknown|invalid|unrecognized) .*|only root can use .*|no command; .*|.* (?:needs a|takes no) value; .*|a (?:password|terminal) is required.*)$/;
const MISSING = [
  // other scripts, commands in strings, and sudo
  /^\S+: (?:line )?(?:\d+: )?([^\s:]+): (?:command )?not found$/,
  // programs that start others
  /^(?:env|xargs): [‘'"]?([^\s/‘’'":]+)[’'"]?: No such file or directory$/,
  /^\S+: failed to run command [‘'"]([^\s/‘’'"]+)[’'"]: No such file or directory$/,
];

function ofOther(line: string): UnrunCommand | undefined {
  const [, refusal] = REFUSALS.exec(line) ?? [];
  if (refusal !== undefined) return { kind: "refused", text: refusal };
  const [, unknown] = /^E: Unable to locate package (\S+)$/.exec(line) ?? [];
  if (unknown !== undefined) return { kind: "package", text: unknown };
  const name = MISSING.map((pattern) => pattern.exec(line)?.[1]).find((found) => found !== undefined);
  return name === undefined ? undefined : { kind: "missing", text: name };
}

/** The lines of a stream, of which only those are decoded that may be of interest. Of a long one the beginning is kept. */
class Lines {
  #open = Buffer.alloc(0);

  push(chunk: Buffer): string[] {
    const bytes = this.#open.length === 0 ? chunk : Buffer.concat([this.#open, chunk]);
    const length = bytes.lastIndexOf(LINE_FEED) + 1;
    this.#open = Buffer.from(bytes.subarray(length, length + LONGEST_LINE));
    return linesOf(bytes.subarray(0, length));
  }

  end(): string[] {
    return linesOf(this.#open);
  }
}

function linesOf(bytes: Buffer): string[] {
  return bytes.length > 0 && WORDS.some((word) => bytes.includes(word)) ? bytes.toString("utf8").split("\n") : [];
}
