import { execFile, spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Windows as Wine imitates it, on a disk of its own: the folder that is `C:\`, its registry and its processes. */
export class WinePrefix {
  private constructor(private readonly folder: string) {}

  /** Makes a new Windows, which takes a few seconds. */
  static async make(): Promise<WinePrefix> {
    const prefix = new WinePrefix(await mkdtemp(join(tmpdir(), "imagewright-wine-")));
    await run("wine", ["wineboot", "--init"], { env: prefix.environment });
    // Node refuses to start on the Windows 7 that Wine is by default
    await prefix.run("reg.exe", ["add", "HKCU\\Software\\Wine", "/v", "Version", "/d", "win10", "/f"]);
    return prefix;
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

  /** Ends all its processes and removes its disk. */
  async remove(): Promise<void> {
    spawnSync("wineserver", ["--kill", "--wait"], { env: this.environment });
    await rm(this.folder, { recursive: true, force: true });
  }
}
