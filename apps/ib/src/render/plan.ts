import type { ComponentPlan, PlannedStep } from "@imagewright/component-runner";
import type { FileChange, FileFacts } from "@imagewright/files-overlay";
import { count, listOf, quote } from "@imagewright/diagnostics";
import type { Palette } from "./palette.js";

const MOST_CHANGES = 20;
const MOST_LINES = 5;
const LONGEST_SHOWN = 100;

/** Renders the prediction for each step of a plan as text. */
export function renderPlan({ steps }: ComponentPlan, palette: Palette): string {
  let place = "";
  const lines: string[] = [];
  for (const step of steps) {
    const here = `${step.document}, phase ${step.phase}`;
    if (here !== place) lines.push(here);
    place = here;
    lines.push(...stepLines(step, palette).map((line) => `  ${line}`));
  }
  return `${[...lines, summaryOf(steps)].join("\n")}\n`;
}

function stepLines(step: PlannedStep, palette: Palette): string[] {
  const isPredicted = step.prediction === "changes" || step.prediction === "fails";
  const assumption =
    step.assuming.length > 0 && isPredicted
      ? [palette.dim(`    as long as ${listOf(step.assuming, "and")} ${step.assuming.length === 1 ? "does" : "do"} not change these files`)]
      : [];
  return [`${step.step} ${palette.dim(step.action)}: ${headOf(step, palette)}`, ...bodyOf(step, palette), ...assumption];
}

function headOf({ prediction, changes, reason }: PlannedStep, palette: Palette): string {
  switch (prediction) {
    case "changes":
      return changes.length === 0 ? palette.green("changes nothing") : count(changes.length, "change");
    case "fails":
      return palette.red(`would fail: ${reason}`);
    case "document":
      return palette.dim("see its steps above");
    case "skipped":
      return palette.dim(`skipped: ${reason}`);
    case "unknown":
      return palette.yellow(`cannot be predicted: ${reason}`);
    case "opaque":
      return palette.yellow("cannot be predicted without running it");
  }
}

function bodyOf({ prediction, changes, inputs }: PlannedStep, palette: Palette): string[] {
  if (prediction === "opaque")
    return shorten(
      inputs.flatMap((input) => JSON.stringify(input, undefined, 1).split("\n").slice(1, -1)),
      "line",
    ).map((line) => `   ${palette.dim(line)}`);
  return shorten(
    changes.flatMap((change) => changeLines(change, palette)),
    "change",
    MOST_CHANGES,
  ).map((line) => `    ${line}`);
}

function shorten(lines: readonly string[], what: string, most = MOST_LINES): string[] {
  return lines.length <= most ? [...lines] : [...lines.slice(0, most), `… ${count(lines.length - most, `${what} more`, `${what}s more`)}`];
}

function changeLines({ path, kind, before, after, otherNames }: FileChange, palette: Palette): string[] {
  const shown = typeof path === "string" ? path : quote(path.toString("latin1"));
  if (kind === "created" && after !== undefined) return [palette.green(`+ ${shown} ${describe(after)}`)];
  if (kind === "deleted" && before !== undefined) return [palette.red(`- ${shown} ${describe(before)}`)];
  return before === undefined || after === undefined
    ? []
    : [
        palette.yellow(
          `~ ${shown} ${differences(before, after).join(", ")}${otherNames === undefined ? "" : `, also under ${count(otherNames, "other name")} of this file`}`,
        ),
      ];
}

function describe({ type, mode, uid, gid, size, target, content }: FileFacts): string {
  if (type === "link") return `link to ${String(target)}`;
  const owner = `${octal(mode)} ${uid}:${gid}`;
  return type === "file" ? `file ${owner} ${sizeOf(size)}${contentOf(content)}` : `${type} ${owner}`;
}

function differences(before: FileFacts, after: FileFacts): string[] {
  const pairs: [string, string, string][] = [
    ["", before.type, after.type],
    ["permissions ", octal(before.mode), octal(after.mode)],
    ["owner ", `${before.uid}:${before.gid}`, `${after.uid}:${after.gid}`],
    ["leads to ", String(before.target ?? ""), String(after.target ?? "")],
    ["", contentKey(before), contentKey(after)],
  ];
  return pairs.filter(([, old, now]) => old !== now).map(([what, old, now]) => `${what}${old} → ${now}`);
}

function contentKey({ size, content, sha256 }: FileFacts): string {
  return `${sizeOf(size)}${content === undefined ? (sha256 === undefined ? "" : ` sha256 ${sha256.slice(0, 12)}…`) : contentOf(content)}`;
}

function sizeOf(size: number | undefined): string {
  return size === undefined ? "" : count(size, "byte");
}

/** The content of a short text file; empty for any other. */
function contentOf(content: Buffer | undefined): string {
  const text = content?.toString("utf8") ?? "";
  return content === undefined || text === "" || text.length > LONGEST_SHOWN || !Buffer.from(text).equals(content) ? "" : ` ${quote(text)}`;
}

function octal(mode: number | undefined): string {
  return mode === undefined ? "" : mode.toString(8).padStart(4, "0");
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
