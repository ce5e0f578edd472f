import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { openSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { canMakeMsi, compileForWindows, WinePrefix, wineProblem } from "@imagewright/test-kit/windows";
import { ARGUMENTS, CTRL_C, ENDED_WITH_SESSION, HOLDER, JAPANESE, PIPE_READER, RECORDER, TREE } from "./windows-programs.js";

const PACKAGE = join(import.meta.dirname, "..", "..");

/** Why the agent for Windows cannot be run here; undefined if it can. */
export function windowsProblem(): string | undefined {
  return wineProblem() ?? (canMakeMsi ? undefined : "needs wixl");
}

// the exit code that a process gets on Linux has only its lowest eight bits
const CALLER = "@C:\\ib-agent.exe %*\r\n@>C:\\code.txt echo %ERRORLEVEL%\r\n";

/** The packed agent on a Windows of Wine's. */
export class WindowsAgent {
  #environment: NodeJS.ProcessEnv;

  private constructor(readonly prefix: WinePrefix) {
    this.#environment = prefix.environment;
  }

  /** Makes a Windows with the packed agent and the programs of its tests. */
  static async make(): Promise<WindowsAgent> {
    const prefix = await WinePrefix.make("agent", install);
    await prefix.makeFolder("work");
    return new WindowsAgent(prefix);
  }

  /**
   * Puts a program in the place of some of Windows' own: it notes each command line in `C:\tools.txt`, and keeps a task in `C:\task.xml`
   * and a script in `C:\script.ps1`.
   */
  async record(...tools: readonly string[]): Promise<void> {
    await this.replace(RECORDER, ...tools);
  }

  /** Puts a program, given as its source in C, in the place of some of Windows' own. */
  async replace(source: string, ...tools: readonly string[]): Promise<void> {
    await compileForWindows(source, [], async (program) => {
      for (const tool of tools) await this.prefix.copyIn(program, "windows", "system32", tool);
    });
    const { WINEDLLOVERRIDES = "" } = this.#environment;
    this.#environment = {
      ...this.#environment,
      WINEDLLOVERRIDES: `${WINEDLLOVERRIDES};${tools.map((tool) => basename(tool)).join(",")}=n`,
    };
  }

  /** Gives the agent more variables of its environment from now on. */
  withEnvironment(variables: Readonly<Record<string, string>>): void {
    this.#environment = { ...this.#environment, ...variables };
  }

  /** Runs it to its end in `C:\work`. */
  async run(...parameters: readonly string[]) {
    const agent = this.start("cmd.exe", "/c", "C:\\agent.bat", ...parameters);
    await new Promise((resolve) => agent.once("exit", resolve));
    const [stdout, stderr] = this.#outputs.map((path) => readFileSync(path, "utf8"));
    return { code: Number(readFileSync(this.prefix.path("code.txt"), "utf8")), stdout: stdout ?? "", stderr: stderr ?? "" };
  }

  /** Runs it in `C:\work` on a console where Ctrl-C is pressed once a file exists. Both outputs are one. */
  async runUntilCtrlC(file: string, ...parameters: readonly string[]) {
    await compileForWindows(CTRL_C, [], (program) => this.prefix.copyIn(program, "ctrl-c.exe"));
    return this.#runThrough("C:\\ctrl-c.exe", parameters, file);
  }

  /** Runs it in `C:\work` with both outputs on one pipe. */
  async runOnPipe(...parameters: readonly string[]) {
    await compileForWindows(PIPE_READER, [], (program) => this.prefix.copyIn(program, "pipe.exe"));
    return this.#runThrough("C:\\pipe.exe", parameters);
  }

  async #runThrough(program: string, parameters: readonly string[], ...more: readonly string[]) {
    const outer = this.start(program, ["C:\\ib-agent.exe", ...parameters].join(" "), ...more);
    await new Promise((resolve) => outer.once("exit", resolve));
    const [output, code] = ["stdout.txt", "code.txt"].map((name) => readFileSync(this.prefix.path(name), "utf8"));
    return { code: Number(code), output: output ?? "" };
  }

  /** The processes of this Windows whose command line has a text. */
  processesWith(text: string): readonly string[] {
    const has = (pid: string, file: string, part: string) => {
      try {
        return readFileSync(join("/proc", pid, file), "latin1").includes(part);
      } catch {
        return false; // it has ended
      }
    };
    const prefix = `WINEPREFIX=${this.prefix.environment["WINEPREFIX"]}\0`;
    return readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && has(pid, "cmdline", text) && has(pid, "environ", prefix));
  }

  /** Starts a program in `C:\work`. Its outputs are files: Windows programs cannot take over the pipes of a process of Linux. */
  start(...command: readonly string[]): ChildProcess {
    const [stdout, stderr] = this.#outputs.map((path) => openSync(path, "w"));
    return spawn("wine", command, { env: this.#environment, cwd: this.prefix.path("work"), stdio: ["ignore", stdout, stderr] });
  }

  get #outputs(): readonly string[] {
    return [this.prefix.path("stdout.txt"), this.prefix.path("stderr.txt")];
  }
}

async function install(prefix: WinePrefix): Promise<void> {
  // in a folder of its own: the package has only the executable of the machine that has built it
  await withTemporaryFolder(async (folder) => {
    const pack = ["build-executable.js", "--into", folder, "windows-x64"];
    const packed = spawnSync(process.execPath, pack, { cwd: PACKAGE, encoding: "utf8" });
    if (packed.status !== 0) throw new Error(packed.stderr);
    await prefix.copyIn(join(folder, "ib-agent-windows-x64.exe"), "ib-agent.exe");
  });
  for (const [name, source] of Object.entries({
    ended: ENDED_WITH_SESSION,
    tree: TREE,
    arguments: ARGUMENTS,
    hold: HOLDER,
    japanese: JAPANESE,
  }))
    await compileForWindows(source, [], (program) => prefix.copyIn(program, `${name}.exe`));
  writeFileSync(prefix.path("agent.bat"), CALLER);
}
