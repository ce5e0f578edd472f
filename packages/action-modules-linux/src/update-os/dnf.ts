import { commandFailure, type Commands } from "./commands.js";
import type { NamePatterns } from "./name-patterns.js";
import type { PackageManager } from "./package-manager.js";
import { rpmPackages } from "./rpm-packages.js";

// some systems skip sources that cannot be reached; missing updates would then go unnoticed
const STRICT = ["--setopt=skip_if_unavailable=False"];

/** The package managers of Fedora, Red Hat and their derivatives. Both wait for their lock and report it in their output. */
export class Dnf implements PackageManager {
  constructor(
    readonly name: "dnf" | "yum",
    private readonly commands: Commands,
  ) {}

  installed(): Promise<ReadonlyMap<string, string>> {
    return rpmPackages(this.commands);
  }

  async refresh(): Promise<void> {
    // lists that count as fresh for another hour may be older than the updates
    await this.#run(["clean", "expire-cache"]);
  }

  /**
   * All installed packages: asking for an update that does not exist does no harm. The update itself respects version locks of the plugin.
   */
  async candidates(): Promise<readonly string[]> {
    return [...(await this.installed()).keys()];
  }

  async updateAll(): Promise<void> {
    await this.#run(["update", ...STRICT]);
  }

  async update(names: readonly string[], excluded: NamePatterns): Promise<void> {
    // without "best", a package that needs a newer version of an excluded one is left out too, instead of failing the whole
    const exclusion = excluded.isEmpty
      ? []
      : [...excluded.texts.map((text) => `--exclude=${text}`), this.name === "dnf" ? "--setopt=best=False" : "--skip-broken"];
    await this.#run(["update", ...STRICT, ...exclusion, ...names]);
  }

  async #run(parameters: readonly string[]): Promise<void> {
    const end = await this.commands.show(this.name, ["-y", ...parameters]);
    if (end.exitCode !== 0) throw commandFailure(this.name, parameters, end);
  }
}
