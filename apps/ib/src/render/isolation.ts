import type { Isolation } from "@imagewright/build-hosts";
import { hintAsTyped } from "../sudo/as-typed.js";

const KINDS: Readonly<Record<Isolation["kind"], string>> = {
  oci: "a container runtime",
  "user-namespace": "a changed root in a user namespace",
  chroot: "a changed root as this computer's root, with few rights",
};

/** What keeps the commands of a machine from this computer, on one line, and how there would be more of it. */
export function describeIsolation({ kind, runtime, rootless, reason, fix }: Isolation): string {
  const what = runtime === undefined ? KINDS[kind] : `${KINDS[kind]}, ${runtime}`;
  const user = rootless && kind === "oci" ? ", in a user namespace" : "";
  return `${what}${user} (${reason})${fix === undefined ? "" : `; for a stronger one: ${hintAsTyped(fix)}`}`;
}
