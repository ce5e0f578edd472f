import { agentExecutable } from "@imagewright/agent";
import type { ContainerHost } from "@imagewright/build-hosts";
import { importSmallImage as importImage } from "@imagewright/build-hosts/small-image";

/** A small image with the libraries that the agent needs. */
export function importSmallImage(host: ContainerHost, name: string): Promise<void> {
  return importImage(host, name, [agentExecutable()]);
}
