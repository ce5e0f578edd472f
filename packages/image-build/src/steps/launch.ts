import type { MachineRef } from "@imagewright/build-hosts";
import type { StepContext } from "@imagewright/durability";
import { SUDO_STAND_IN } from "../stand-ins/sudo.js";
import type { BuildParts } from "../workflow/parts.js";

/** The name of the agent in the tools folder of a machine. */
export const AGENT_TOOL = "ib-agent";

/** Launches a container that has the agent as a tool, and a sudo even if its image has none. */
export function launch(
  { host, build, agent }: Pick<BuildParts, "host" | "build" | "agent">,
  image: string,
  { token, signal }: StepContext,
): Promise<MachineRef> {
  const programs = { tools: { [AGENT_TOOL]: agent }, standIns: { sudo: SUDO_STAND_IN } };
  return host.launch({ kind: "container", image, ...programs }, { owner: build, token, signal });
}
