import type { AgentEvent, JobSummary } from "@imagewright/agent-protocol";
import type { AgentWork } from "../components/agent-work.js";
import type { ComponentsEnd } from "../components/follow-components.js";
import { PhaseRecords } from "../components/phase-records.js";

/** The phase of a component that tests a container from outside, on the machine that has it. Source: guide chapters 01 and 11. */
export const HOST_TEST_PHASE = "container-host-test";

export interface HostTestRun {
  /** The folder that receives the log folder. */
  readonly logs: string;
  readonly signal: AbortSignal;
  /** The image that is tested, as the host knows it. */
  readonly image: string | undefined;
  /** Receives the events, which name documents as the work does. */
  readonly onEvent: (event: AgentEvent) => void;
}

/** The tests of components that run on this computer, since somebody has allowed them to. */
export interface HostTests {
  /** The components that have such tests. */
  readonly work: AgentWork;
  /** Runs them in this process. A failed step is no exception. */
  readonly run: (work: AgentWork, about: HostTestRun) => Promise<JobSummary>;
}

/** Runs them as one effect: a process that continues a build after a kill runs them again from their beginning. */
export async function runHostTests({ work, run }: HostTests, about: HostTestRun): Promise<ComponentsEnd> {
  const records = new PhaseRecords(new Map(work.components.map(({ path, name }) => [path, name])));
  const summary = await run(work, {
    ...about,
    onEvent: (event) => {
      records.take(event);
      about.onEvent(event);
    },
  });
  const { phases, failedSteps } = records;
  return { kind: "ended", status: summary.status, phases, failedSteps, summary };
}
