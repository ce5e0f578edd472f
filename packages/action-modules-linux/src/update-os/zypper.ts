import { failureOf, type Commands } from "./commands.js";
import type { NamePatterns } from "./name-patterns.js";
import type { PackageManager, WithLock } from "./package-manager.js";
import { rpmPackages } from "./rpm-packages.js";
import { withoutSpoilers } from "./without-spoilers.js";

// exit codes, from the manual page of zypper
const LOCKED = 7;
const RESTART_SUGGESTED = 102;
const RUN_AGAIN = 103;

// zypper updates itself first and asks to be run again; more than a few times would be a fault
const MOST_RUNS = 5;

const UPDATE = ["--no-refresh", "update", "--auto-agree-with-licenses"];

/** The package manager of SUSE. */
export class Zypper implements PackageManager {
  readonly name = "zypper";

  constructor(
    private readonly commands: Commands,
    private readonly withLock: WithLock,
  ) {}

  installed(): Promise<ReadonlyMap<string, string>> {
    return rpmPackages(this.commands);
  }

  async refresh(): Promise<void> {
    await this.#run(["refresh"]);
  }

  async candidates(): Promise<readonly string[]> {
    const listed = await this.#pretend(["--no-refresh", "list-updates"]);
    return [...(listed ?? "").matchAll(/<update [^>]*?\bname="([^"]+)"/g)].map(([, name = ""]) => name);
  }

  async updateAll(): Promise<void> {
    await this.#run(UPDATE);
  }

  async update(names: readonly string[], excluded: NamePatterns): Promise<void> {
    const allowed = excluded.isEmpty ? names : await withoutSpoilers(names, (part) => this.#isClean(part, excluded));
    if (allowed.length > 0) await this.#run([...UPDATE, ...allowed]);
  }

  async #isClean(names: readonly string[], excluded: NamePatterns): Promise<boolean> {
    const pretended = await this.#pretend([...UPDATE, "--dry-run", ...names]);
    if (pretended === undefined || pretended.includes("<to-remove>")) return false;
    return ![...pretended.matchAll(/<solvable [^>]*?\bname="([^"]+)"/g)].some(([, name = ""]) => excluded.match(name));
  }

  /** What zypper tells in XML; undefined where it cannot do what it is asked. */
  async #pretend(parameters: readonly string[]): Promise<string | undefined> {
    const attempt = () => this.commands.tryToAsk("zypper", ["--non-interactive", "--xmlout", ...parameters]);
    return this.withLock(attempt, () => undefined);
  }

  async #run(parameters: readonly string[]): Promise<void> {
    for (let run = 1; ; run++) {
      const attempt = () => this.commands.show("zypper", ["--non-interactive", ...parameters]);
      const end = await this.withLock(attempt, ({ exitCode, stderr }) => (exitCode === LOCKED ? (stderr.trim().split("\n")[0] ?? "") : undefined));
      if (end.exitCode === 0 || end.exitCode === RESTART_SUGGESTED) return;
      if (end.exitCode !== RUN_AGAIN || run === MOST_RUNS) throw failureOf("zypper", parameters, end);
    }
  }
}
