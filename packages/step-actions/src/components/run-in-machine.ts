import type { MachineRef } from "@imagewright/build-hosts";
import type { Durability } from "@imagewright/durability";
import type { AgentEvent } from "@imagewright/agent-protocol";
import type { ComponentsParts } from "./components-parts.js";
import { agentJob, continuingJob } from "./agent-job.js";
import type { AgentWork } from "./agent-work.js";
import { followComponents, type ComponentsEnd } from "./follow-components.js";

/** Runs components in a machine, as one or, with restarts, several jobs, and brings out the logs. A failed component is no exception. */
export async function runInMachine(
  durability: Durability,
  given: ComponentsParts,
  machine: MachineRef,
  work: AgentWork,
): Promise<ComponentsEnd> {
  const { host } = given;
  const parts = { ...given, onEvent: onlyNew(given.onEvent) };
  const first = await durability.step("start components", async ({ token }) => ({
    token,
    job: await host.startJob(machine, agentJob(machine, work, token), token),
  }));
  let current = first.job;
  for (let restarts = 0; ; restarts++) {
    const jobs = { first: first.job, current, token: first.token };
    const end = await durability.step(`follow components ${restarts}`, ({ signal }) => followComponents(parts, jobs, work, signal));
    if (end.kind === "ended") return end;
    parts.onNotice("a step asks for a restart; a container does not restart, so the run continues in a new process");
    await durability.step(`restart ${restarts}`, () => host.restart(machine));
    current = await durability.step(`continue components ${restarts}`, ({ token }) =>
      host.startJob(machine, continuingJob(first.job, work, first.token), token),
    );
  }
}

/** Each time components are followed their events are read from the beginning; what this process has passed on is not told again. */
function onlyNew(onEvent: (event: AgentEvent) => void): (event: AgentEvent) => void {
  let last = 0;
  return (event) => {
    if (event.seq <= last) return;
    last = event.seq;
    onEvent(event);
  };
}
