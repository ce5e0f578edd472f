import type { HostPorts } from "@imagewright/action-contract";
import { createNodeHost } from "@imagewright/node-host";

/** This machine with a clock that runs 100 times faster, so that tests of time limits are short. */
export function createScaledHost(): HostPorts {
  const host = createNodeHost();
  return { ...host, clock: { now: () => host.clock.now(), sleep: (milliseconds, signal) => host.clock.sleep(milliseconds / 100, signal) } };
}
