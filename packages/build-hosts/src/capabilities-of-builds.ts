/**
 * The capabilities (capabilities(7)) of root in a machine: what package managers and their scripts need, and no more. Tried with Debian's
 * nginx, openssh-server, postgresql and sudo.
 */
export const BUILD_CAPABILITIES = [
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETUID",
] as const;

/**
 * The same where a container runtime has exchanged the root, so that there is nothing behind it: services that are tested in a machine,
 * such as sshd, lock themselves up with `chroot`.
 */
export const RUNTIME_CAPABILITIES = [...BUILD_CAPABILITIES, "SYS_CHROOT"] as const;
