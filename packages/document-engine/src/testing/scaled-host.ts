import type { HostPorts } from "@imagewright/action-contract";
import { createNodeHost } from "@imagewright/node-host";

/** This machine with a clock on which a second passes in ten milliseconds, so that tests wait for time limits without waiting long. */
export function createScaledHost(): HostPorts {
  const host = createNodeHost();
  return { ...host, clock: { now: () => host.clock.now(), sleep: (milliseconds, signal) => host.clock.sleep(milliseconds / 100, signal) } };
}
