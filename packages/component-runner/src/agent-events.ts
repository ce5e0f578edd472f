import { EventSequence, type AgentEvent } from "@imagewright/agent-protocol";
import type { RunEvent } from "@imagewright/document-engine";
import { EventDrafts } from "./event-drafts.js";

/** Passes the events of a run in this process on as those of the agent's protocol, as a job of the agent has them in its file. */
export function toAgentEvents(onEvent: (event: AgentEvent) => void): (event: RunEvent) => void {
  const drafts = new EventDrafts();
  const sequence = new EventSequence();
  return (event) => {
    for (const draft of drafts.take(event)) for (const numbered of sequence.next(draft)) onEvent(numbered);
  };
}
