/** What stands between the commands that run in a machine and the computer that it runs on. Plain data, for reports. */
export interface Isolation {
  /**
   * `oci`: a container runtime. The machine has a root, devices, processes and messages of its own, and a filter of system calls.
   * `user-namespace`: commands are in a changed root of an ordinary user, as users that exist nowhere else.
   * `chroot`: commands are in a changed root as this computer's root; it holds only because the means to leave it are taken away.
   */
  readonly kind: "oci" | "user-namespace" | "chroot";
  /** The container runtime, such as "crun" or "runc". */
  readonly runtime?: string;
  /** Whether root of the machine is an ordinary user of the computer. */
  readonly rootless: boolean;
  /** Why it is this one: a clause such as "runc works" or "no container runtime is installed". */
  readonly reason: string;
  /** The command with which there would be a stronger one, if known. */
  readonly fix?: string;
}
