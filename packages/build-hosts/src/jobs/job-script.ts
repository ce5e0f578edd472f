import type { JobSpec } from "../port/job.js";
import type { ContainerSpec } from "../port/launch-spec.js";

const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Absolute paths in the machine. */
export interface JobPlaces {
  /** The job's own folder. */
  readonly folder: string;
  readonly standInsFolder: string;
}

/** The file in a job's folder with the programs for which scripts stand in, one a line; there is none if the image has them all. */
export const STAND_INS_FILE = "stand-ins";

/** The names in a job's folder that its host uses; the rest belongs to the job. */
export const JOB_FILE = {
  script: "job.sh",
  started: "started",
  exitCode: "exit-code",
  stdout: "stdout",
  stderr: "stderr",
  events: "events.jsonl",
  standIns: STAND_INS_FILE,
} as const;

/**
 * The POSIX shell script that runs a job inside of the machine: once, however often it is started. It removes variables that engines add,
 * enters the
 * folder, keeps both outputs as files, and turns a death by signal into an exit code.
 */
export function jobScript(
  job: JobSpec,
  { environment: launchEnvironment, standIns }: Pick<ContainerSpec, "environment" | "standIns">,
  { folder, standInsFolder }: JobPlaces,
): string {
  const variables = Object.entries({ ...launchEnvironment, ...job.environment }).map(([name, value]) => `${name}=${value}`);
  const place = quoted(folder);
  return [
    "set -C",
    "read -r process < /proc/$$/stat",
    `echo "$process" 2> /dev/null > ${place}/${JOB_FILE.started} || exit 0`,
    "set +C",
    "unset HOME HOSTNAME container process",
    ...standInLines(Object.keys(standIns ?? {}), standInsFolder, `${place}/${JOB_FILE.standIns}`),
    "(",
    ...(job.workingDirectory === undefined
      ? []
      : [`  mkdir -p -- ${quoted(job.workingDirectory)} && cd -- ${quoted(job.workingDirectory)} || exit 126`]),
    // which shells set themselves, `cd` too
    "  unset PWD OLDPWD SHLVL",
    `  exec env -u _ -- ${[...variables, ...job.command].map(quoted).join(" ")}`,
    `) > ${place}/${JOB_FILE.stdout} 2> ${place}/${JOB_FILE.stderr} < /dev/null`,
    // in one write, so that no reader sees half of it; small images have no mv
    `echo $? > ${place}/${JOB_FILE.exitCode}`,
    "",
  ].join("\n");
}

/** Programs that are there are used: the scripts that stand in for the others come last on the PATH. */
function standInLines(names: readonly string[], folder: string, missing: string): string[] {
  if (names.length === 0) return [];
  return [
    `for name in ${names.map(quoted).join(" ")}; do command -v "$name" > /dev/null || echo "$name" >> ${missing}; done`,
    `[ ! -e ${missing} ] || export PATH="\${PATH-${DEFAULT_PATH}}:"${quoted(folder)}`,
    "unset name",
  ];
}

/** A text as one word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
