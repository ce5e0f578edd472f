import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { openSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { WinePrefix, wineProblem } from "@imagewright/test-kit/windows";

const COMPILER = "x86_64-w64-mingw32-gcc";
const PACKAGE = join(import.meta.dirname, "..", "..");

/** Why the agent for Windows cannot be run here; undefined if it can. */
export function windowsProblem(): string | undefined {
  return wineProblem() ?? (spawnSync(COMPILER, ["--version"]).status === 0 ? undefined : `needs ${COMPILER}`);
}

// bun asks Windows for random numbers by a call of a library that Wine 8 lacks
const LIBRARY = `#include <windows.h>
#include <ntsecapi.h>
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length) { return RtlGenRandom(data, (ULONG)length); }
`;

// notes how it is called, and keeps the definition of a task
const RECORDER = `#include <stdio.h>
#include <string.h>
#include <windows.h>
int main(int count, char **arguments) {
  FILE *file = fopen("C:\\\\tools.txt", "a");
  fprintf(file, "%s\\n", GetCommandLineA());
  fclose(file);
  for (int index = 1; index + 1 < count; index++)
    if (strcmp(arguments[index], "/XML") == 0) CopyFileA(arguments[index + 1], "C:\\\\task.xml", FALSE);
  return 0;
}
`;

// the exit code that a process gets on Linux has only its lowest eight bits
const CALLER = "@C:\\ib-agent.exe %*\r\n@>C:\\code.txt echo %ERRORLEVEL%\r\n";

/** The packed agent on a Windows of Wine's. */
export class WindowsAgent {
  #environment: NodeJS.ProcessEnv;

  private constructor(readonly prefix: WinePrefix) {
    this.#environment = prefix.environment;
  }

  /** Packs the agent for Windows and makes a Windows with it. */
  static async make(): Promise<WindowsAgent> {
    const packed = spawnSync(process.execPath, ["build-executable.js", "windows-x64"], { cwd: PACKAGE, encoding: "utf8" });
    if (packed.status !== 0) throw new Error(packed.stderr);
    const prefix = await WinePrefix.make();
    const executable = join(PACKAGE, "dist", "ib-agent-windows-x64.exe");
    await prefix.copyIn(executable, "ib-agent.exe");
    // the package has only that of the machine on which it was built
    rmSync(executable);
    await compile(LIBRARY, ["-shared", "-ladvapi32"], (library) => prefix.copyIn(library, "bcryptprimitives.dll"));
    writeFileSync(prefix.path("agent.bat"), CALLER);
    await prefix.makeFolder("work");
    return new WindowsAgent(prefix);
  }

  /** Puts a program in the place of some of Windows' own: it notes each command line in `C:\tools.txt`, and a task in `C:\task.xml`. */
  async record(...tools: readonly string[]): Promise<void> {
    await compile(RECORDER, [], async (recorder) => {
      for (const tool of tools) await this.prefix.copyIn(recorder, "windows", "system32", tool);
    });
    const { WINEDLLOVERRIDES = "" } = this.#environment;
    this.#environment = { ...this.#environment, WINEDLLOVERRIDES: `${WINEDLLOVERRIDES};${tools.join(",")}=n` };
  }

  /** Runs it to its end in `C:\work`. */
  async run(...parameters: readonly string[]) {
    const agent = this.start("cmd.exe", "/c", "C:\\agent.bat", ...parameters);
    await new Promise((resolve) => agent.once("exit", resolve));
    const [stdout, stderr] = this.#outputs.map((path) => readFileSync(path, "utf8"));
    return { code: Number(readFileSync(this.prefix.path("code.txt"), "utf8")), stdout: stdout ?? "", stderr: stderr ?? "" };
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

/** Compiles a program or a library for Windows, and calls `body` with its path. */
async function compile(source: string, options: readonly string[], body: (path: string) => Promise<void>): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    writeFileSync(join(folder, "source.c"), source);
    const built = spawnSync(COMPILER, ["-o", "built", "source.c", ...options], { cwd: folder, encoding: "utf8" });
    if (built.status !== 0) throw new Error(built.stderr);
    const [file = ""] = readdirSync(folder).filter((name) => name.startsWith("built"));
    await body(join(folder, file));
  });
}
