import type { ContainerHost, MachineRef } from "@imagewright/build-hosts";
import type { StepContext } from "@imagewright/durability";
import { AGENT_TOOL } from "../components/agent-job.js";
import { SUDO_STAND_IN } from "../stand-ins/sudo.js";

/** What launches machines. Not plain data. */
export interface MachineLauncher {
  readonly host: Pick<ContainerHost, "launch">;
  /** Owns the machines. */
  readonly owner: string;
  /** The packed agent on this machine, for the platform of the container. */
  readonly agent: string;
}

/** Launches a container that has the agent as a tool, and a sudo even if its image has none. */
export function launch({ host, owner, agent }: MachineLauncher, image: string, { token, signal }: StepContext): Promise<MachineRef> {
  const programs = { tools: { [AGENT_TOOL]: agent }, standIns: { sudo: SUDO_STAND_IN } };
  return host.launch({ kind: "container", image, ...programs }, { owner, token, signal });
}
