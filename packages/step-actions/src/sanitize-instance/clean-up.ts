import type { BuildHost, MachineRef } from "@imagewright/build-hosts";
import type { StepContext } from "@imagewright/durability";
import { stepActionError } from "../errors.js";
import { runJob } from "../jobs/run-job.js";

interface CleanUpSection {
  /** A file of this name in the working directory skips the section. */
  readonly skipFile: string;
  /** Shell patterns of the files to remove. */
  readonly removes: readonly string[];
}

/** What the clean-up of a machine removes, by the sections of the guide (chapter 50), each with the name of the file that skips it. */
export const CLEAN_UP_SECTIONS: readonly CleanUpSection[] = [
  {
    skipFile: "skip_cleanup_cloudinit_files",
    removes: [
      "/etc/sudoers.d/90-cloud-init-users",
      "/etc/locale.conf",
      "/var/log/cloud-init.log",
      "/var/log/cloud-init-output.log",
      ...everythingIn("/var/lib/cloud"),
    ],
  },
  {
    skipFile: "skip_cleanup_instance_files",
    removes: [
      ...["/etc/.updated", "/etc/aliases.db", "/etc/hostname", "/var/lib/misc/postfix.aliasesdb-stamp", "/var/lib/postfix/master.lock"],
      ...["/var/spool/postfix/pid/master.pid", "/var/.updated", "/var/cache/yum/x86_64/2/.gpgkeyschecked.yum"],
    ],
  },
  {
    skipFile: "skip_cleanup_ssh_files",
    removes: ["/etc/ssh/ssh_host_*_key", "/etc/ssh/ssh_host_*_key.pub", "/root/.ssh/authorized_keys", "/home/*/.ssh/authorized_keys"],
  },
  {
    skipFile: "skip_cleanup_instance_log_files",
    removes: ["/var/log/audit/audit.log", "/var/log/boot.log", "/var/log/dmesg", "/var/log/cron"],
  },
  { skipFile: "skip_cleanup_toe_files", removes: ["$work/TOE_*"] },
  { skipFile: "skip_cleanup_ssm_log_files", removes: ["/var/log/amazon/ssm"] },
];

// always removed
const ALWAYS_REMOVED = [
  "/var/log/sa/sa*",
  "/var/lib/dhclient/dhclient*.lease",
  "/var/lib/rsyslog/imjournal.state",
  ...everythingIn("/var/log/journal"),
  ...everythingIn("/var/tmp"),
];

/** Patterns of all that is in a folder, hidden files included. */
function everythingIn(folder: string): readonly string[] {
  return [`${folder}/*`, `${folder}/.[!.]*`, `${folder}/..?*`];
}

export interface CleanUpOptions {
  /** A shell script for the same job, which runs after the clean-up. */
  readonly thenScript?: string;
  /** How much of the output is returned, in bytes. */
  readonly mostBytes?: number;
}

/**
 * Removes from a machine what must not be part of an image: keys, logs, DHCP leases, temporary files. The folders of its jobs and tools are
 * not touched. Errors: clean-up-failed, job-lost.
 */
export async function cleanUp(
  host: Pick<BuildHost, "startJob" | "readJob" | "cancelJob">,
  machine: MachineRef,
  workingDirectory: string,
  context: StepContext,
  { thenScript = "", mostBytes = 0 }: CleanUpOptions = {},
): Promise<string> {
  const { jobsFolder, toolsFolder } = machine;
  const command = ["/bin/sh", "-c", `${cleanUpScript()}\n${thenScript}`, "clean-up", workingDirectory, jobsFolder, toolsFolder];
  const job = { machine, spec: { command }, what: "the clean-up", mostBytes };
  const { exitCode, stdout, lastWords: output } = await runJob(host, job, context);
  if (exitCode !== 0) throw stepActionError("clean-up-failed", { output });
  return stdout;
}

/** The POSIX shell script of the clean-up; its arguments are the working directory, and the folders of jobs and of tools. */
export function cleanUpScript(): string {
  const sections = CLEAN_UP_SECTIONS.map(
    ({ skipFile, removes }) => `[ -e "$work/${skipFile}" ] || remove ${removes.map(shellPattern).join(" ")}`,
  );
  const skipFiles = CLEAN_UP_SECTIONS.map(({ skipFile }) => `"$work/${skipFile}"`).join(" ");
  // an empty machine-id is generated at the first start of a machine from the image
  return [
    "set -e",
    'work="$1" jobs="$2" tools="$3" mounts=""',
    'while read -r line; do mounts="$mounts $line "; done < /proc/self/mountinfo',
    REMOVE,
    ...sections,
    `remove ${ALWAYS_REMOVED.join(" ")}`,
    `rm -f ${skipFiles} "$work/perform_cleanup"`,
    ": > /etc/machine-id",
  ].join("\n");
}

/**
 * Engines mount some of these files, such as /etc/hostname: mounted files are not part of an image and cannot be removed. What contains a
 * mount, or the folders of the machine's jobs and tools, stays as well.
 */
const REMOVE = `remove() {
  for path in "$@"; do
    case "$jobs/ $tools/" in "$path"/*|*" $path"/*) continue ;; esac
    case "$path/" in "$jobs"/*|"$tools"/*) continue ;; esac
    case "$mounts" in *" $path "*|*" $path/"*) continue ;; esac
    rm -rf "$path"
  done
}`;

/** A leading variable is quoted, since a folder's name may contain blanks; the pattern after it is not. */
function shellPattern(pattern: string): string {
  return pattern.replace(/^\$work/, '"$work"');
}
