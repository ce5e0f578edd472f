import type { ComponentPlan, PlannedLoop, PlannedStep } from "@imagewright/component-runner";
import { count, joinSafe, listOf, safe, type SafeText, type Styles } from "@imagewright/diagnostics";
import { CONTINUED } from "./columns.js";
import { changeLines } from "./plan-changes.js";
import { nameText, shortenLines, shortenText } from "./plan-texts.js";

const MOST_CHANGES = 20;
const MOST_INPUT_LINES = 5;

/**
 * Renders the prediction for each step of a plan as text. Nothing in it comes from the document or the machine as it is: names that could
 * be taken for something else are quoted, and what is left out is counted. With columns, longer lines are continued below their beginning.
 */
export function renderPlan({ steps }: ComponentPlan, styles: Styles, columns?: number): SafeText {
  let place = "";
  const lines: SafeText[] = [];
  const add = (indent: string, text: SafeText) => {
    const line = safe`${indent}${text}`;
    lines.push(columns === undefined ? line : line.wrap(columns, `${indent}  ${CONTINUED}`));
  };
  for (const step of steps) {
    const here = `${step.document}\n${step.phase}`;
    if (here !== place) add("", safe`${nameText(step.document)}, phase ${step.phase}`);
    place = here;
    add("  ", safe`${step.step} ${styles.dim(step.action)}: ${headOf(step, styles)}`);
    for (const line of bodyOf(step, styles)) add("      ", line);
  }
  add("", safe`${summaryOf(steps)}`);
  return joinSafe(lines, "\n");
}

function headOf({ prediction, changes, reason }: PlannedStep, styles: Styles): SafeText {
  switch (prediction) {
    case "changes":
      return changes.length === 0 ? styles.green("changes nothing") : safe`${count(changes.length, "change")}`;
    case "fails":
      return styles.red(`would fail: ${reason}`);
    case "document":
      return styles.dim("see its steps above");
    case "skipped":
      return styles.dim(`skipped: ${reason}`);
    case "unknown":
      return styles.yellow(`cannot be predicted: ${reason}`);
    case "opaque":
      return styles.yellow("cannot be predicted without running it");
  }
}

function bodyOf({ prediction, changes, inputs, loop, assuming }: PlannedStep, styles: Styles): SafeText[] {
  if (prediction === "opaque") {
    const lines = shortenLines(inputs.flatMap(inputLines), "line", MOST_INPUT_LINES);
    return [...lines, ...(loop === undefined ? [] : loopLines(loop))].map((line) => styles.dim(line));
  }
  const isPredicted = prediction === "changes" || prediction === "fails";
  const assumption = `as long as ${listOf(assuming, "and")} ${assuming.length === 1 ? "does" : "do"} not change these files`;
  return [
    ...shortenLines(changes, "change", MOST_CHANGES).flatMap((change) =>
      typeof change === "string" ? safe`${change}` : changeLines(change, styles),
    ),
    ...(assuming.length > 0 && isPredicted ? [styles.dim(assumption)] : []),
  ];
}

/** The lines of an input as JSON, without its outer braces: a text of several lines is one line, in quotes. */
function inputLines(input: unknown): string[] {
  return JSON.stringify(input, undefined, 1)
    .split("\n")
    .slice(1, -1)
    .map((line) => shortenText(line.slice(1)));
}

/** What the references to a loop stand for in the inputs above. */
function loopLines({ values, written }: PlannedLoop): string[] {
  if (values.length === 0) return [`in a loop: ${shortenText(JSON.stringify(written))}`];
  const lines = values.map((value) => ` ${shortenText(JSON.stringify(value))}`);
  return ["in a loop over", ...shortenLines(lines, "value", MOST_INPUT_LINES)];
}

function summaryOf(steps: readonly PlannedStep[]): string {
  const of = (...wanted: readonly PlannedStep["prediction"][]) => steps.filter(({ prediction }) => wanted.includes(prediction)).length;
  const changing = steps.filter(({ prediction, changes }) => prediction !== "unknown" && changes.length > 0);
  const sum = changing.reduce((total, { changes }) => total + changes.length, 0);
  const parts = [sum === 0 ? "no changes" : `${count(sum, "change")} in ${count(changing.length, "step")}`];
  if (of("opaque", "unknown") > 0) parts.push(`${of("opaque", "unknown")} cannot be predicted`);
  if (of("skipped") > 0) parts.push(`${of("skipped")} skipped`);
  if (of("fails") > 0) parts.push(`${of("fails")} would fail`);
  return `${parts.join(", ")}; nothing has been changed`;
}
