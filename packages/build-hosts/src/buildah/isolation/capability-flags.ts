import { BUILD_CAPABILITIES, RUNTIME_CAPABILITIES } from "../../capabilities-of-builds.js";
import type { Isolation } from "../../port/isolation.js";

/** The capabilities 0 to 37 of the kernel. Those after them are in no default of buildah, and older versions do not know their names. */
const ALL = [
  ...["CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP", "LINUX_IMMUTABLE"],
  ...["NET_BIND_SERVICE", "NET_BROADCAST", "NET_ADMIN", "NET_RAW", "IPC_LOCK", "IPC_OWNER", "SYS_MODULE", "SYS_RAWIO", "SYS_CHROOT"],
  ...["SYS_PTRACE", "SYS_PACCT", "SYS_ADMIN", "SYS_BOOT", "SYS_NICE", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "MKNOD", "LEASE"],
  ...["AUDIT_WRITE", "AUDIT_CONTROL", "SETFCAP", "MAC_OVERRIDE", "MAC_ADMIN", "SYSLOG", "WAKE_ALARM", "BLOCK_SUSPEND", "AUDIT_READ"],
];

/**
 * The flags of `buildah run` that leave exactly the capabilities of a job, whatever `containers.conf` says. `--cap-drop ALL` would take
 * those that `--cap-add` gives as well.
 */
export function capabilityFlags(kind: Isolation["kind"]): string[] {
  const kept: readonly string[] = kind === "oci" ? RUNTIME_CAPABILITIES : BUILD_CAPABILITIES;
  const dropped = ALL.filter((name) => !kept.includes(name));
  return ["--cap-add", withPrefix(kept), "--cap-drop", withPrefix(dropped)];
}

function withPrefix(names: readonly string[]): string {
  return names.map((name) => `CAP_${name}`).join(",");
}
