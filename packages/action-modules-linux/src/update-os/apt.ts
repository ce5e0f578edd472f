import { commandFailure, type Commands } from "./commands.js";
import type { NamePatterns } from "./name-patterns.js";
import type { PackageManager, WithLock } from "./package-manager.js";
import { compatibleNames } from "./compatible-names.js";

// a configuration file that was changed on this machine stays as it is; a source that cannot be reached is an error, so an old list is
// never used
const OPTIONS = [
  "-q",
  "-y",
  ...options("Dpkg::Options::=--force-confdef", "Dpkg::Options::=--force-confold", "Dpkg::Use-Pty=0", "APT::Update::Error-Mode=any"),
];
const PRETEND = ["-s", "-q", "-y", ...options("Debug::NoLocking=true")];
const UPGRADE = ["upgrade", "--with-new-pkgs"];

const LOCKED = /^E: (Could not get lock .*|Unable to (acquire the dpkg frontend lock|lock) .*)$/m;
const INTERRUPTED = /dpkg was interrupted/;

/** The package manager of Debian and its derivatives. */
export class Apt implements PackageManager {
  readonly name = "apt-get";

  constructor(
    private readonly commands: Commands,
    private readonly withLock: WithLock,
  ) {}

  async installed(): Promise<ReadonlyMap<string, string>> {
    const listed = await this.commands.ask("dpkg-query", ["-W", "-f", "${db:Status-Status} ${binary:Package} ${Version}\\n"]);
    const rows = listed.split("\n").map((line) => line.split(" "));
    return new Map(rows.flatMap(([status, name = "", version = ""]) => (status === "installed" ? [[name, version] as const] : [])));
  }

  async refresh(): Promise<void> {
    await this.#run(["update"]);
  }

  async candidates(): Promise<readonly string[]> {
    return updatedBy(await this.commands.ask("apt-get", [...PRETEND, ...UPGRADE]));
  }

  async updateAll(): Promise<void> {
    await this.#run(UPGRADE);
  }

  async update(names: readonly string[], excluded: NamePatterns): Promise<void> {
    const allowed = excluded.isEmpty ? names : await compatibleNames(names, (part) => this.#isClean(part, excluded));
    if (allowed.length > 0) await this.#keepMarks(allowed, () => this.#run(["install", "--only-upgrade", ...allowed]));
  }

  /**
   * A package named on the command line is marked as manually installed; those that were installed as dependencies are marked as such
   * again.
   */
  async #keepMarks(names: readonly string[], body: () => Promise<void>): Promise<void> {
    const dependencies = (await this.commands.ask("apt-mark", ["showauto", ...names])).split("\n").filter((name) => name !== "");
    try {
      await body();
    } finally {
      if (dependencies.length > 0) await this.commands.tryToAsk("apt-mark", ["auto", ...dependencies]);
    }
  }

  async #isClean(names: readonly string[], excluded: NamePatterns): Promise<boolean> {
    const pretended = await this.commands.tryToAsk("apt-get", [...PRETEND, "install", "--only-upgrade", ...names]);
    if (pretended === undefined || /^Remv /m.test(pretended)) return false;
    return !touchedBy(pretended).some((name) => excluded.match(name));
  }

  async #run(parameters: readonly string[]): Promise<void> {
    const all = [...OPTIONS, ...parameters];
    const attempt = () =>
      this.withLock(
        () => this.commands.show("apt-get", all),
        ({ stderr }) => LOCKED.exec(stderr)?.[1],
      );
    let end = await attempt();
    if (end.exitCode !== 0 && INTERRUPTED.test(end.stderr)) {
      // an interrupted update, such as the previous attempt of this step
      await this.commands.show("dpkg", ["--configure", "-a", "--force-confdef", "--force-confold"]);
      end = await attempt();
    }
    if (end.exitCode !== 0) throw commandFailure("apt-get", parameters, end);
  }
}

function options(...settings: readonly string[]): readonly string[] {
  return settings.flatMap((setting) => ["-o", setting]);
}

/** The packages that change in the output of a simulated run: `Inst base-files [12.4] (12.5 …)`; new ones have no old version. */
function updatedBy(pretended: string): readonly string[] {
  return [...pretended.matchAll(/^Inst (\S+) \[/gm)].map(([, name = ""]) => name);
}

function touchedBy(pretended: string): readonly string[] {
  return [...pretended.matchAll(/^Inst (\S+) /gm)].map(([, name = ""]) => name);
}
