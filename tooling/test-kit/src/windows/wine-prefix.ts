import { execFile, spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { madeOnce } from "../made-once.js";
import { RANDOM_LIBRARY } from "./agent-runtime.js";
import { compileForWindows } from "./compile-for-windows.js";

const run = promisify(execFile);

/** Windows as Wine imitates it, on a disk of its own: the folder that is `C:\`, its registry and its processes. */
export class WinePrefix {
  private constructor(private readonly folder: string) {}

  /** A new Windows on which `prepare` has put what is needed, under a name for that: it is made once in a run of tests, and copied. */
  static async make(name: string, prepare: (prefix: WinePrefix) => Promise<void>): Promise<WinePrefix> {
    const made = await madeOnce(`wine-${name}`, async (folder) => {
      const prefix = new WinePrefix(folder);
      await prefix.#boot();
      await prepare(prefix);
      prefix.powerOff();
    });
    const folder = await mkdtemp(join(tmpdir(), "imagewright-wine-"));
    await run("cp", ["-a", "--reflink=auto", `${made}/.`, folder]);
    return new WinePrefix(folder);
  }

  async #boot(): Promise<void> {
    await run("wine", ["wineboot", "--init"], { env: this.environment });
    // the runtime is for a Windows that is newer than the one that Wine is by default
    await this.run("reg.exe", ["add", "HKCU\\Software\\Wine", "/v", "Version", "/d", "win10", "/f"]);
    await compileForWindows(RANDOM_LIBRARY.source, RANDOM_LIBRARY.options, (library) => this.copyIn(library, RANDOM_LIBRARY.name));
  }

  get environment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env["PATH"],
      // in another one, names that are not ASCII cannot be written
      LANG: "C.UTF-8",
      WINEPREFIX: this.folder,
      WINEARCH: "win64",
      WINEDEBUG: "-all",
      // they would ask whether to fetch .NET and a browser
      WINEDLLOVERRIDES: "mscoree,mshtml=",
    };
  }

  /** The path on this machine of a path below `C:\`, which Windows programs and this process both see. */
  path(...parts: readonly string[]): string {
    return join(this.folder, "drive_c", ...parts);
  }

  /** Makes a folder below `C:\` and returns its path on this machine. */
  async makeFolder(...parts: readonly string[]): Promise<string> {
    const path = this.path(...parts);
    await mkdir(path, { recursive: true });
    return path;
  }

  /** Copies a file of this machine to a path below `C:\`. */
  async copyIn(file: string, ...parts: readonly string[]): Promise<void> {
    await cp(file, this.path(...parts));
  }

  /** Runs a program for Windows to its end. Rejects if it fails. */
  async run(file: string, parameters: readonly string[]): Promise<string> {
    return (await run("wine", [file, ...parameters], { env: this.environment, cwd: this.path() })).stdout;
  }

  /** Ends all its processes at once, as when the power fails. */
  powerOff(): void {
    spawnSync("wineserver", ["--kill", "--wait"], { env: this.environment });
  }

  /** Ends all its processes and removes its disk. */
  async remove(): Promise<void> {
    this.powerOff();
    await rm(this.folder, { recursive: true, force: true });
  }
}
