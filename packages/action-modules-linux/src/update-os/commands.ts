import type { ActionContext, OutputStream, ProcessExit } from "@imagewright/action-contract";
import { linuxActionError } from "../errors.js";

export interface CommandEnd {
  readonly exitCode: number;
  readonly stdout: string;
  /** The end of its standard error. */
  readonly stderr: string;
}

// nobody can answer prompts, and this program parses the messages
const ENVIRONMENT = {
  LC_ALL: "C",
  DEBIAN_FRONTEND: "noninteractive",
  DEBIAN_PRIORITY: "critical",
  APT_LISTCHANGES_FRONTEND: "none",
  UCF_FORCE_CONFFOLD: "1",
  NEEDRESTART_SUSPEND: "1",
};

const STDERR_KEPT = 64 * 1024;

/** Runs the commands of package managers. */
export class Commands {
  constructor(private readonly context: ActionContext) {}

  /** Runs a command whose output is for readers: it goes to the log. Standard output is not kept. */
  async show(file: string, parameters: readonly string[]): Promise<CommandEnd> {
    return this.#run(file, parameters, true);
  }

  /** Runs a command whose output this program parses. */
  async listen(file: string, parameters: readonly string[]): Promise<CommandEnd> {
    return this.#run(file, parameters, false);
  }

  /** The standard output of a command. Throws if it fails. */
  async ask(file: string, parameters: readonly string[]): Promise<string> {
    const end = await this.listen(file, parameters);
    if (end.exitCode !== 0) throw commandFailure(file, parameters, end);
    return end.stdout;
  }

  /** The standard output of a command, or undefined if it does not exist or fails. */
  async tryToAsk(file: string, parameters: readonly string[]): Promise<string | undefined> {
    const end = await this.listen(file, parameters).catch((thrown: unknown) => {
      this.context.signal.throwIfAborted();
      return { exitCode: 1, stdout: String(thrown) };
    });
    return end.exitCode === 0 ? end.stdout : undefined;
  }

  async #run(file: string, parameters: readonly string[], shown: boolean): Promise<CommandEnd> {
    const { host, workingDirectory, environment, signal, output } = this.context;
    const stdout: Buffer[] = [];
    let stderr = "";
    const onOutput = (stream: OutputStream, chunk: Uint8Array) => {
      if (shown) output(stream, chunk);
      if (stream === "stderr") stderr = `${stderr}${Buffer.from(chunk).toString()}`.slice(-STDERR_KEPT);
      else if (!shown) stdout.push(Buffer.from(chunk));
    };
    const command = { file, arguments: parameters, workingDirectory, environment: { ...environment, ...ENVIRONMENT } };
    const exit = await host.processes.run(command, { signal, onOutput });
    if (exit.kind === "exited") return { exitCode: exit.code, stdout: Buffer.concat(stdout).toString(), stderr };
    throw linuxActionError("command-not-run", { command: nameOf(file, parameters), reason: reasonOf(exit) });
  }
}

function reasonOf(exit: Exclude<ProcessExit, { readonly kind: "exited" }>): string {
  switch (exit.kind) {
    case "not-started":
      return exit.reason;
    case "aborted":
      return "it was stopped";
    case "killed":
      return `it was killed by ${exit.signal}`;
  }
}

/** The error for a command that exited with an unexpected code. */
export function commandFailure(file: string, parameters: readonly string[], { exitCode, stderr }: CommandEnd): Error {
  const lines = stderr.split("\n").map((line) => line.trim());
  const lastLine = lines.findLast((line) => /^(E:|Error:)/.test(line)) ?? lines.findLast((line) => line !== "");
  return linuxActionError("command-failed", { command: nameOf(file, parameters), exitCode, lastLine });
}

/** A command without its options: `apt-get update`. */
function nameOf(file: string, parameters: readonly string[]): string {
  const verb = parameters.find((parameter, index) => /^[a-z]/.test(parameter) && parameters[index - 1] !== "-o");
  return verb === undefined ? file : `${file} ${verb}`;
}
