import { commandFailure, type CommandEnd, type Commands } from "./commands.js";
import type { NamePatterns } from "./name-patterns.js";
import type { PackageManager, WithLock } from "./package-manager.js";
import { rpmPackages } from "./rpm-packages.js";
import { compatibleNames } from "./compatible-names.js";

// exit codes, from the manual page of zypper
const FAILED = 4;
const LOCKED = 7;
const RESTART_SUGGESTED = 102;
const RUN_AGAIN = 103;

// zypper updates itself first and asks to be run again; more than a few times would be a bug
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
    const { stdout } = await this.#ask(["--no-refresh", "list-updates"]);
    return [...stdout.matchAll(/<update [^>]*?\bname="([^"]+)"/g)].map(([, name = ""]) => name);
  }

  async updateAll(): Promise<void> {
    await this.#run(UPDATE);
  }

  async update(names: readonly string[], excluded: NamePatterns): Promise<void> {
    const allowed = excluded.isEmpty ? names : await compatibleNames(names, (part) => this.#isClean(part, excluded));
    if (allowed.length > 0) await this.#run([...UPDATE, ...allowed]);
  }

  async #isClean(names: readonly string[], excluded: NamePatterns): Promise<boolean> {
    const { exitCode, stdout } = await this.#ask([...UPDATE, "--dry-run", ...names]);
    if (exitCode === FAILED || stdout.includes("<to-remove>")) return false;
    return ![...stdout.matchAll(/<solvable [^>]*?\bname="([^"]+)"/g)].some(([, name = ""]) => excluded.match(name));
  }

  /** Runs zypper with XML output. Its prompt about conflicting packages counts as an answer too. */
  async #ask(parameters: readonly string[]): Promise<CommandEnd> {
    const end = await this.withLock(
      async () => withErrors(await this.commands.listen("zypper", ["--non-interactive", "--xmlout", ...parameters])),
      holderOf,
    );
    const isUnsolved = end.exitCode === FAILED && end.stdout.includes("<prompt");
    if (!isUnsolved && !isDone(end) && end.exitCode !== RUN_AGAIN) throw commandFailure("zypper", parameters, end);
    return end;
  }

  async #run(parameters: readonly string[]): Promise<void> {
    for (let run = 1; ; run++) {
      const attempt = () => this.commands.show("zypper", ["--non-interactive", ...parameters]);
      const end = await this.withLock(attempt, holderOf);
      if (isDone(end)) return;
      if (end.exitCode !== RUN_AGAIN || run === MOST_RUNS) throw commandFailure("zypper", parameters, end);
    }
  }
}

function isDone({ exitCode }: CommandEnd): boolean {
  return exitCode === 0 || exitCode === RESTART_SUGGESTED;
}

/** The holder of the lock, as reported by zypper; undefined if it got the lock itself. */
function holderOf({ exitCode, stderr }: CommandEnd): string | undefined {
  return exitCode === LOCKED ? (stderr.trim().split("\n")[0] ?? "") : undefined;
}

const CHARACTERS: Readonly<Record<string, string>> = { amp: "&", apos: "'", gt: ">", lt: "<", quot: '"' };

/** With the errors of the XML as standard error, where zypper writes them without XML. */
function withErrors(end: CommandEnd): CommandEnd {
  const errors = [...end.stdout.matchAll(/<message type="error">([^<]*)/g)].map(([, text = ""]) => text);
  const stderr = errors.join("\n").replace(/&(\w+);/g, (whole, name: string) => CHARACTERS[name] ?? whole);
  return errors.length === 0 ? end : { ...end, stderr };
}
