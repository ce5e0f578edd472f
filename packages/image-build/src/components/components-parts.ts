import type { AgentEvent } from "@imagewright/agent-protocol";
import type { ContainerHost } from "@imagewright/build-hosts";

/** What a run of components acts with. Not plain data: each process has its own. */
export interface ComponentsParts {
  readonly host: Pick<ContainerHost, "startJob" | "readJob" | "cancelJob" | "collect" | "restart">;
  /** The folder on this machine that receives the log folder. */
  readonly logs: string;
  /** Receives the events of the components; those from before a process continued the build as well. */
  readonly onEvent: (event: AgentEvent) => void;
  /** Receives what else is to be said, line by line. */
  readonly onNotice: (line: string) => void;
}
