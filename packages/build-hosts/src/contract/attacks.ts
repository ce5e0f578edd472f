/** A folder that is open outside of the root of a process leads on to what is above that root. */
const LEAVE_ROOT = `exec 3< /
    chroot /proc /self/fd/3/bin/busybox sh -c '
      cd -P /self/fd/3 || exit 1
      for up in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do cd -P ..; done
      exec /self/fd/3/bin/busybox grep -q -f "/self/fd/3$2" ".$1"' sh "$1" "$2"`;

const MOUNT = `mount -t proc none /mounted || mount -t sysfs none /mounted || mount -o remount,rw /sys || mount -o remount,rw /proc/sys ||
    umount /proc/sys || umount -l /proc`;

/**
 * What a stranger's command may try as root of a machine to read files and see processes of the computer below it: one POSIX shell script
 * each, which succeeds if the attack does, and does no harm then. Parameters: the path of a file of the computer, a file with its text.
 */
const READING: Readonly<Record<string, string>> = {
  "leave the root": LEAVE_ROOT,
  "leave the root in a user namespace": inUserNamespace(LEAVE_ROOT),
  "read through the root of a process": `for process in /proc/[0-9]*; do
      for path in "$process/root$1" "$process/cwd/../../../../../../../../../..$1"; do grep -q -f "$2" "$path" && exit 0; done
    done
    exit 1`,
  "see processes": 'cat /proc/[0-9]*/cmdline | grep -q -f "$2"',
};

/** The same of a machine that shares the kernel of the computer. In one that has its own they succeed, and reach nothing else. */
const KERNEL: Readonly<Record<string, string>> = {
  "open a device": `for name in $(tail -n +3 /proc/partitions | while read -r major minor blocks name; do echo "$name"; done) loop-control kmsg mem; do
      (: < "/dev/$name") && exit 0
    done
    exit 1`,
  "make a device": `rm -f /device
    mknod /device c 10 237 && : < /device`,
  mount: `mkdir -p /mounted; mount -t tmpfs none /mounted || mount -o bind / /mounted || ${MOUNT}`,
  "mount in a user namespace": `mkdir -p /mounted; ${inUserNamespace(MOUNT)}`,
  "write to the kernel": `for file in /proc/sys/kernel/core_pattern /proc/sys/kernel/modprobe /proc/sysrq-trigger /dev/kmsg \\
      /sys/kernel/uevent_helper /sys/kernel/mm/transparent_hugepage/enabled /sys/fs/cgroup/*/release_agent /sys/fs/cgroup/cgroup.procs; do
      [ -e "$file" ] && (: >> "$file") && exit 0
    done
    exit 1`,
};

export const ATTACK_NAMES: readonly string[] = Object.keys({ ...READING, ...KERNEL });

/** A script that tries all attacks on files and processes, with the same parameters, and prints the names of those that succeed. */
export const READING_ATTACKS = tryEach(READING);

/** The same with the attacks on a shared kernel. */
export const ALL_ATTACKS = tryEach({ ...READING, ...KERNEL });

function tryEach(attacks: Readonly<Record<string, string>>): string {
  return Object.entries(attacks)
    .map(([name, script]) => `if (sh -c '${escaped(script)}' sh "$1" "$2") > /dev/null 2>&1; then echo '${name}'; fi`)
    .join("\n");
}

function inUserNamespace(script: string): string {
  return `busybox unshare -U -r -m sh -c '${escaped(script)}' sh "$1" "$2"`;
}

/** As the inside of single quotes. */
function escaped(script: string): string {
  return script.replaceAll("'", `'\\''`);
}
