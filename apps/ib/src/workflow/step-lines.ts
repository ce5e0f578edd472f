import { safe } from "@imagewright/diagnostics";
import type { StepExecution, WorkflowExecution } from "@imagewright/workflow-engine";
import type { Say } from "../cli/terminal.js";

const ENDED = ["COMPLETED", "FAILED", "SKIPPED", "CANCELLED"];

/** Says of each step once how it has ended, while the workflow runs. */
export class StepLines {
  readonly #told = new Set<string>();

  constructor(private readonly say: Say) {}

  take({ steps }: WorkflowExecution): void {
    for (const step of steps) {
      this.#tell(`${step.name} ${step.status}`, ENDED.includes(step.status), describeEnd(step));
      this.#tell(`rollback of ${step.name}`, step.rollbackStatus === "COMPLETED", `${step.name}: rolled back`);
    }
  }

  #tell(key: string, isOver: boolean, text: string): void {
    if (!isOver || this.#told.has(key)) return;
    this.#told.add(key);
    this.say(safe`  ${text}\n`);
  }
}

function describeEnd({ name, action, status, message, startTime, endTime }: StepExecution): string {
  const seconds = startTime === undefined || endTime === undefined ? undefined : (Date.parse(endTime) - Date.parse(startTime)) / 1000;
  const took = seconds === undefined || status === "SKIPPED" || status === "CANCELLED" ? "" : ` (${seconds.toFixed(1)} s)`;
  return `${name}, ${action}: ${status}${took}${message === undefined ? "" : `: ${message}`}`;
}
