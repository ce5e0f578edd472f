import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { DebianRepository, writeFiles } from "./debian-repository.js";

const run = promisify(execFile);

/**
 * A folder as the root for this machine's apt and dpkg: they keep their lists, their database and the files of packages there and
 * touch nothing else. Its packages cannot have scripts, since it contains no shell.
 */
export class AptRoot {
  /** The configuration that makes apt and dpkg use this root. */
  readonly environment: Readonly<Record<string, string>>;

  private constructor(
    readonly folder: string,
    /** The one source of this root. */
    readonly repository = new DebianRepository(join(folder, "repository")),
  ) {
    this.environment = {
      PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
      APT_CONFIG: join(folder, "apt.conf"),
      DPKG_ADMINDIR: join(folder, "var/lib/dpkg"),
    };
  }

  static async make(folder: string): Promise<AptRoot> {
    const root = new AptRoot(folder);
    for (const path of [
      "etc/apt/apt.conf.d",
      "etc/apt/preferences.d",
      "var/lib/apt/lists/partial",
      "var/cache/apt/archives/partial",
      "var/log/apt",
      "var/lib/dpkg/info",
      "var/lib/dpkg/updates",
    ]) {
      await mkdir(join(folder, path), { recursive: true });
    }
    await writeFiles(folder, { "var/lib/dpkg/status": "" });
    await root.#writeSettings();
    return root;
  }

  /** A root with the same packages and the same source, in an empty folder. */
  async copyTo(folder: string): Promise<AptRoot> {
    await run("cp", ["-a", `${this.folder}/.`, folder]);
    const copy = new AptRoot(folder, this.repository.in(join(folder, "repository")));
    await copy.#writeSettings();
    await copy.run("apt-get", "-q", "update"); // lists are named after the address of their source
    return copy;
  }

  async #writeSettings(): Promise<void> {
    const { folder } = this;
    const settings = [
      `Dir "${folder}/"`,
      `Dir::State::status "${folder}/var/lib/dpkg/status"`,
      'Dir::Bin::dpkg "/usr/bin/dpkg"',
      'APT::Sandbox::User "root"',
    ];
    const dpkg = `DPkg { Options { "--root=${folder}"; "--log=${folder}/dpkg.log"; }; }`;
    await writeFiles(folder, {
      "apt.conf": `${settings.map((line) => `${line};`).join("\n")}\n${dpkg};\n`,
      "etc/apt/sources.list": `deb [trusted=yes] file:${this.repository.folder} ./\n`,
    });
  }

  /** Runs a real command in this root and returns its output. */
  async run(file: string, ...parameters: readonly string[]): Promise<string> {
    const { stdout } = await run(file, parameters, { env: { ...this.environment, DEBIAN_FRONTEND: "noninteractive" } });
    return stdout;
  }

  /** Installs packages from the source, as done long before the test. */
  async install(...names: readonly string[]): Promise<void> {
    await this.run("apt-get", "-q", "update");
    await this.run("apt-get", "-q", "-y", "install", ...names);
  }

  /** The installed packages: `name version`. */
  async installed(): Promise<string[]> {
    return (await this.run("dpkg-query", "-W", "-f", "${Package} ${Version}\\n")).split("\n").slice(0, -1);
  }
}
