import { secondsOf, type AgentEvent, type AgentEventOf } from "@imagewright/agent-protocol";
import { renderWarning } from "@imagewright/component-runner";
import { joinSafe, safe, type SafeText, type Styles } from "@imagewright/diagnostics";
import { formatSeconds } from "./duration.js";
import { alignRight } from "./columns.js";

const COLORS = { success: "green", failed: "red", ignoredFailure: "yellow", skipped: "dim", unpredictable: "dim" } as const;

export interface LineStyle {
  readonly styles: Styles;
  /** What the document of the event is called. */
  readonly name: string;
  /** The width of the terminal, if it is known. */
  readonly columns: number | undefined;
}

/** The line that an event of a run adds to what is shown; undefined for none. What is nested is indented. */
export function lineOfEvent(event: AgentEvent, { styles, name, columns }: LineStyle): SafeText | undefined {
  const indent = "  ".repeat(event.depth + 1);
  if (event.type === "phase-started") return safe`${indent}${styles.bold(name)} ${styles.dim(event.phase)}`;
  if (event.type === "attempt-finished" && event.again)
    return safe`${indent}  ${event.step}: attempt ${event.attempt} failed: ${event.failureMessage}; trying again`;
  return event.type === "step-finished" ? stepLines(event, { styles, columns }, `${indent}  `) : undefined;
}

/** The line of the step, and what it is warned of. */
function stepLines(event: AgentEventOf<"step-finished">, style: Omit<LineStyle, "name">, indent: string): SafeText {
  const warnings = (event.result.warnings ?? []).map((warning) =>
    renderWarning({ document: event.document, warning }, style.styles, `${indent}  `),
  );
  return joinSafe([stepLine(event, style, indent), ...warnings], "\n");
}

function stepLine(event: AgentEventOf<"step-finished">, { styles, columns }: Omit<LineStyle, "name">, indent: string): SafeText {
  const { status, changed, action } = event.result;
  const plain = {
    success: changed === false ? "ok, unchanged" : "ok",
    failed: "failed",
    ignoredFailure: "failed, ignored",
    skipped: "skipped",
    unpredictable: "not predicted",
  }[status];
  return alignRight(
    safe`${indent}${event.step} ${styles.dim(action)}`,
    styles[COLORS[status]](plain),
    formatSeconds(secondsOf(event)),
    columns,
  );
}
