import type { MachineRef } from "@imagewright/build-hosts";
import type { StepContext } from "@imagewright/durability";
import type { BuildParts } from "../workflow/parts.js";

/** The name of the agent in the tools folder of a machine. */
export const AGENT_TOOL = "ib-agent";

/** Launches a container that has the agent as a tool. */
export function launch(
  { host, build, agent }: Pick<BuildParts, "host" | "build" | "agent">,
  image: string,
  { token, signal }: StepContext,
): Promise<MachineRef> {
  return host.launch({ kind: "container", image, tools: { [AGENT_TOOL]: agent } }, { owner: build, token, signal });
}
