import { secondsOf, type AgentEvent, type AgentEventOf } from "@imagewright/agent-protocol";
import { escapeControls } from "@imagewright/diagnostics";
import { formatSeconds } from "./duration.js";
import { alignRight } from "./columns.js";
import type { Palette } from "./palette.js";

const COLORS = { success: "green", failed: "red", ignoredFailure: "yellow", skipped: "dim", unpredictable: "dim" } as const;

/** The line that an event of a run adds to what is shown; undefined for none. What is nested is indented. */
export function lineOfEvent(event: AgentEvent, palette: Palette, name: string): string | undefined {
  const indent = "  ".repeat(event.depth + 1);
  if (event.type === "phase-started") return `${indent}${palette.bold(escapeControls(name))} ${palette.dim(escapeControls(event.phase))}`;
  if (event.type === "attempt-finished" && event.again)
    return `${indent}  ${event.step}: attempt ${event.attempt} failed: ${escapeControls(event.failureMessage)}; trying again`;
  return event.type === "step-finished" ? stepLine(event, palette, `${indent}  `) : undefined;
}

function stepLine(event: AgentEventOf<"step-finished">, palette: Palette, indent: string): string {
  const { status, changed, action } = event.result;
  const plain = {
    success: changed === false ? "ok, unchanged" : "ok",
    failed: "failed",
    ignoredFailure: "failed, ignored",
    skipped: "skipped",
    unpredictable: "not predicted",
  }[status];
  const right = `${palette[COLORS[status]](plain)} ${formatSeconds(secondsOf(event))}`;
  const step = escapeControls(event.step);
  return alignRight(`${indent}${step} ${palette.dim(action)}`, right, plain, `${indent}${step} ${action}`);
}
