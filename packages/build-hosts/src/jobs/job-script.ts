import type { JobSpec } from "../port/job.js";

/** The names in a job's folder that its host uses; the rest belongs to the job. */
export const JOB_FILE = {
  script: "job.sh",
  started: "started",
  exitCode: "exit-code",
  stdout: "stdout",
  stderr: "stderr",
  events: "events.jsonl",
} as const;

/**
 * The POSIX shell script that runs a job inside of the machine: once, however often it is started. It removes variables that engines add,
 * enters the
 * folder, keeps both outputs as files, and turns a death by signal into an exit code.
 */
export function jobScript(job: JobSpec, launchEnvironment: Readonly<Record<string, string>>, folder: string): string {
  const variables = Object.entries({ ...launchEnvironment, ...job.environment }).map(([name, value]) => `${name}=${value}`);
  const place = quoted(folder);
  return [
    "set -C",
    "read -r process < /proc/$$/stat",
    `echo "$process" 2> /dev/null > ${place}/${JOB_FILE.started} || exit 0`,
    "set +C",
    "unset HOME HOSTNAME container process",
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

/** A text as one word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
