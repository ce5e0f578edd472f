import { safe, type SafeText } from "@imagewright/diagnostics";
import type { ShellCommand } from "@imagewright/build-hosts";
import type { KeptMachine, UnendedBuild } from "@imagewright/image-build";
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
  /** Why it cannot be resumed. */
  readonly problem?: string;
  /** The command that opens a shell in the container that is kept. */
  readonly shell?: ShellCommand;
}

export function listedMachine({ owner, purpose, keptAt, shell }: KeptMachine): ListedBuild {
  return { id: owner, status: "kept", name: purpose, lastSignOfLife: keptAt, shell };
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
export function describeKeptMachine({ owner, purpose, keptAt }: KeptMachine, now = new Date()): string {
  return `the container of ${owner} for ${purpose}, which failed ${ageOf(keptAt, now)} ago, is kept: ${asTyped(`ib build discard ${owner}`)}`;
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
  if (status === "kept") return `failed ${ageOf(lastSignOfLife, now)} ago, its container is kept`;
  if (problem !== undefined) return `damaged: ${problem}`;
  return status === "ending" ? "is being removed" : `interrupted ${ageOf(lastSignOfLife, now)} ago`;
}

function ageOf(time: string, now: Date): string {
  return formatAge((now.getTime() - Date.parse(time)) / 1000);
}
