import {
  createEventReader,
  describeNotice,
  protocolError,
  type AgentEvent,
  type EventReader,
  type JobSummary,
} from "@imagewright/agent-protocol";
import { followJob, START, type JobRef, type JobState } from "@imagewright/build-hosts";
import type { FailedStep } from "@imagewright/component-runner";
import { escapeControls } from "@imagewright/diagnostics";
import { stepActionError } from "../errors.js";
import { leavesJobs } from "../jobs/leaves-jobs.js";
import { knownDocuments } from "./agent-job.js";
import type { AgentWork } from "./agent-work.js";
import { collectLogs, collectResult, lackingPrograms } from "./collect-job.js";
import type { ComponentsParts } from "./components-parts.js";
import { PhaseRecords, type PhaseRecord } from "./phase-records.js";

/** The jobs of one run of the agent. */
export interface RunningJobs {
  /** Has the documents, the events, the logs and the result of all. */
  readonly first: JobRef;
  readonly current: JobRef;
  /** Of the first. */
  readonly token: string;
}

/** How the components ended. Plain data. */
export interface ComponentsEnd {
  readonly kind: "ended";
  readonly status: JobSummary["status"];
  readonly phases: readonly PhaseRecord[];
  readonly failedSteps: readonly FailedStep[];
  readonly summary: JobSummary;
}

// the exit code with which the agent asks its caller to restart the machine
const RESTART = 194;
/** How much of the agent's last output an error shows, in characters. */
const LAST_WORDS = 1000;

/**
 * Reads what the agent tells from its beginning, whoever has read it before, until the current job ends, and brings out the logs.
 * Errors: agent-failed, other-protocol.
 */
export async function followComponents(
  parts: ComponentsParts,
  jobs: RunningJobs,
  work: AgentWork,
  signal: AbortSignal,
): Promise<ComponentsEnd | { readonly kind: "restart" }> {
  const { host } = parts;
  const records = new PhaseRecords(new Map(work.components.map(({ path, name }) => [path, name])));
  let printed = "";
  let asked = false;
  const documents = [...work.components, ...work.nestedDocuments];
  const reader = createEventReader({ documents: knownDocuments(jobs.first.machine, work, jobs.token) });
  const source = eventsOfFirst(host, jobs);
  let read = START;
  const follow = (until?: AbortSignal) =>
    followJob(source, jobs.current, {
      ...{ cursor: read, signal: until },
      onReading: async ({ eventLines, stderr, cursor }) => {
        read = cursor;
        for (const event of readEvents(reader, eventLines, parts)) {
          records.take(event);
          parts.onEvent(event);
        }
        // for people who run the agent by hand; all of it is in the events, too
        printed = `${printed}${Buffer.from(stderr).toString()}`.slice(-LAST_WORDS);
        if (asked || eventLines.length === 0) return;
        asked = true;
        for (const notice of parts.standIns.take(await lackingPrograms(host, jobs.first), documents)) parts.onNotice(notice);
      },
    });
  try {
    const state = await follow(signal);
    if (state.kind === "exited" && state.exitCode === RESTART) return { kind: "restart" };
    if (state.kind !== "exited")
      throw stepActionError("agent-failed", { end: describeState(state), output: escapeControls(printed.trim()) });
    const result = await collectResult(host, jobs.first);
    if ("fault" in result)
      throw stepActionError("agent-failed", {
        end: `exited with code ${state.exitCode} ${result.fault}`,
        output: escapeControls(printed.trim()),
      });
    await collectLogs(parts, jobs.first);
    const { phases, failedSteps } = records;
    return { kind: "ended", status: result.status, phases, failedSteps, summary: result };
  } catch (thrown) {
    if (leavesJobs(signal)) throw thrown;
    // the machine is terminated in any case
    await host.cancelJob(jobs.current).catch(() => undefined);
    // what it has told until then
    if (signal.aborted) await follow().catch(() => undefined);
    // the logs matter most after a failure, but the error to report is the failure itself
    await collectLogs(parts, jobs.first).catch(() => undefined);
    throw thrown;
  }
}

/** A host whose readings of the current job have the events of the first, in whose folder all are. */
function eventsOfFirst(host: ComponentsParts["host"], { first, current }: RunningJobs): Pick<ComponentsParts["host"], "readJob"> {
  if (first.id === current.id) return host;
  let seen = START;
  return {
    readJob: async (job, cursor) => {
      // first the state, so that nothing that was written before the end is missed
      const reading = await host.readJob(job, cursor);
      const begun = await host.readJob(first, seen);
      seen = begun.cursor;
      return { ...reading, eventLines: begun.eventLines, more: reading.more || begun.more };
    },
  };
}

function readEvents(reader: EventReader, lines: readonly string[], { onNotice }: Pick<ComponentsParts, "onNotice">): readonly AgentEvent[] {
  const { events, notices, otherProtocol } = reader.read(lines);
  for (const notice of notices) onNotice(describeNotice(notice));
  if (otherProtocol !== undefined) throw protocolError("other-protocol", { ...otherProtocol });
  return events;
}

function describeState(state: Exclude<JobState, { kind: "running" | "exited" }>): string {
  if (state.kind === "cancelled") return "was ended from outside";
  return state.reason === undefined ? "is gone" : `is gone: ${state.reason}`;
}
