import type { AgentEvent } from "@imagewright/agent-protocol";
import type { ContainerHost } from "@imagewright/build-hosts";
import type { StandInNotice } from "../stand-ins/stand-in-notice.js";

/** What a run of components acts with. Not plain data: each process has its own. */
export interface ComponentsParts {
  readonly host: Pick<ContainerHost, "startJob" | "readJob" | "cancelJob" | "collect" | "restart">;
  /** The folder on this machine that receives the log folder. */
  readonly logs: string;
  /** Receives the events of the components; those from before a process continued the build as well. */
  readonly onEvent: (event: AgentEvent) => void;
  /** Says once for all machines of a build that a script stands in for a program. */
  readonly standIns: StandInNotice;
  /** Receives what else is to be said, line by line. */
  readonly onNotice: (line: string) => void;
}
