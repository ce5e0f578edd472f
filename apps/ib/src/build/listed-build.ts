import { safe, type SafeText } from "@imagewright/diagnostics";
import type { ShellCommand } from "@imagewright/build-hosts";
import type { DamagedKept, KeptMachine, UnendedBuild } from "@imagewright/image-build";
import { formatAge } from "../render/duration.js";
import { renderTable } from "../render/table.js";
import { asTyped } from "../sudo/as-typed.js";

/** A build that has not ended, or a container that a failed build or run has kept, in the form of `--json`. */
export interface ListedBuild {
  readonly id: string;
  /** `kept`: it has failed, and its container is kept. */
  readonly status: UnendedBuild["status"] | "kept";
  /** The process that works on it. */
  readonly pid?: number;
  readonly name?: string;
  readonly version?: string;
  /** The path of the recipe as it was given. */
  readonly recipe?: string;
  /** Times in ISO 8601. */
  readonly startedAt?: string;
  readonly lastSignOfLife: string;
  /** What it was doing, such as "build". */
  readonly stage?: string;
  /** Why it cannot be resumed, or what is kept not be told. */
  readonly problem?: string;
  /** The command that opens a shell in the container that is kept. */
  readonly shell?: ShellCommand;
}

export function listedMachine(kept: KeptMachine | DamagedKept): ListedBuild {
  const { owner, keptAt } = kept;
  const known = { id: owner, status: "kept", lastSignOfLife: keptAt } as const;
  return "problem" in kept ? { ...known, problem: kept.problem } : { ...known, name: kept.purpose, shell: kept.shell };
}

export function listedBuild({ id, status, pid, stored, stage, problem, lastSignOfLife }: UnendedBuild): ListedBuild {
  const { recipe } = stored?.plan ?? {};
  return {
    ...{ id, status },
    ...(pid !== undefined && { pid }),
    ...(recipe !== undefined && { name: recipe.name, version: recipe.semanticVersion, recipe: recipe.path }),
    ...(stored !== undefined && { startedAt: stored.startedAt }),
    lastSignOfLife: lastSignOfLife.toISOString(),
    ...(stage !== undefined && { stage }),
    ...(problem !== undefined && { problem }),
  };
}

/** The builds as a table. */
export function renderBuilds(builds: readonly ListedBuild[], now = new Date()): SafeText {
  if (builds.length === 0) return safe`no build that has not ended`;
  const rows = builds.map((build) => [
    build.id,
    [build.name, build.version].filter((part) => part !== undefined).join(" "),
    build.startedAt === undefined ? "" : `${ageOf(build.startedAt, now)} ago`,
    build.stage ?? "",
    describeStatus(build, now),
  ]);
  return renderTable(["BUILD", "RECIPE", "STARTED", "STAGE", "STATUS"], rows);
}

/** One line that says of a container that is kept whose it is, and how it is removed. */
export function describeKeptMachine(kept: KeptMachine | DamagedKept, now = new Date()): string {
  const { owner, keptAt } = kept;
  const what = "problem" in kept ? "" : ` for ${kept.purpose}`;
  const damage = "problem" in kept ? `, and its record is damaged (${kept.problem})` : "";
  const discard = asTyped(`ib build discard ${owner}`);
  return `the container of ${owner}${what}, which failed ${ageOf(keptAt, now)} ago, is kept${damage}: ${discard}`;
}

/** One line that says of an interrupted build what can be done with it. */
export function describeInterrupted({ id, name, version, stage, lastSignOfLife, problem }: ListedBuild, now = new Date()): string {
  const what = `build ${id}${name === undefined ? "" : ` of ${name} ${version}`}`;
  const when = `was interrupted ${ageOf(lastSignOfLife, now)} ago${stage === undefined ? "" : ` in stage ${stage}`}`;
  const resume = problem === undefined ? `${asTyped(`ib build --resume ${id}`)}, or ` : "";
  return `${what} ${when}: ${resume}${asTyped(`ib build discard ${id}`)}`;
}

function describeStatus({ status, pid, problem, lastSignOfLife }: ListedBuild, now: Date): string {
  if (status === "running") return `running, process ${pid ?? "unknown"}`;
  const damage = problem === undefined ? "" : `, its record is damaged: ${problem}`;
  if (status === "kept") return `failed ${ageOf(lastSignOfLife, now)} ago, its container is kept${damage}`;
  if (problem !== undefined) return `damaged: ${problem}`;
  return status === "ending" ? "is being removed" : `interrupted ${ageOf(lastSignOfLife, now)} ago`;
}

function ageOf(time: string, now: Date): string {
  return formatAge((now.getTime() - Date.parse(time)) / 1000);
}
