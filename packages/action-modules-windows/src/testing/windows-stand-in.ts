import type { HostPorts, ProcessCommand, ProcessExit } from "@imagewright/action-contract";
import { createNodeHost } from "@imagewright/node-host";

/** What a program that is not there would answer: its exit code, or another end, and what it prints. */
export interface Answer {
  readonly exit?: number | ProcessExit;
  readonly stdout?: string;
  readonly stderr?: string;
}

/** A file as it was written: its bytes, and how it was opened. */
interface WrittenFile {
  readonly path: string;
  readonly bytes: Buffer;
  readonly options: unknown;
}

/**
 * A host whose programs cannot run here, such as PowerShell: each command is noted with the files that are there while it runs, and
 * answered as the test says. Files are in memory, since their paths are those of Windows.
 */
export class WindowsStandIn {
  readonly commands: ProcessCommand[] = [];
  /** The files that were there while the last command ran. */
  seen: ReadonlyMap<string, string> = new Map();
  readonly files = new Map<string, string>();
  readonly written: WrittenFile[] = [];
  /** Whether another has all files open, such as a virus scanner, so that none can be removed. */
  isBusy = false;

  /** With a function, each command has an answer of its own; it gets the command and the file that is its last argument. */
  constructor(private readonly answer: Answer | ((command: ProcessCommand, script: string) => Answer) = {}) {}

  get host(): HostPorts {
    const missing = (path: unknown) => Object.assign(new Error(`no ${String(path)}`), { code: "ENOENT" });
    const files = {
      access: async (path: string) => {
        if (!this.files.has(path)) throw missing(path);
      },
      // all folders are there
      stat: async () => ({ isDirectory: () => true }),
      writeFile: async (path: string, text: string, options: { readonly flag: string }) => {
        if (options.flag === "wx" && this.files.has(path)) throw Object.assign(new Error(`${path} is there`), { code: "EEXIST" });
        this.files.set(path, text);
        this.written.push({ path, bytes: Buffer.from(text), options });
      },
      rm: async (path: string) => {
        if (this.isBusy) throw Object.assign(new Error(`${path} is busy`), { code: "EBUSY" });
        this.files.delete(path);
      },
    };
    const run: HostPorts["processes"]["run"] = async (command, { onOutput }) => {
      this.commands.push(command);
      this.seen = new Map(this.files);
      const {
        exit = 0,
        stdout = "",
        stderr = "",
      } = typeof this.answer === "function" ? this.answer(command, this.files.get(command.arguments.at(-1) ?? "") ?? "") : this.answer;
      if (stdout !== "") onOutput("stdout", Buffer.from(stdout));
      if (stderr !== "") onOutput("stderr", Buffer.from(stderr));
      return typeof exit === "number" ? { kind: "exited", code: exit } : exit;
    };
    return { ...createNodeHost(), platform: "windows", files: files as unknown as HostPorts["files"], processes: { run } };
  }
}

/** What PowerShell gets of the environment of a step on it. */
export const FOR_POWER_SHELL = { SYSTEMROOT: "D:\\Windows" };

/** The context of a step on it, as of an agent that was started in PowerShell 7. */
export const ON_WINDOWS = {
  workingDirectory: "C:\\work",
  temporaryDirectory: "C:\\temp",
  environment: { ...FOR_POWER_SHELL, PSMODULEPath: "C:\\Program Files\\PowerShell\\7\\Modules" },
};
