/** Formats of a time (milliseconds since 1970) in the agent's files; all are UTC. */

// a fast loop writes many lines in one millisecond
let last = { time: Number.NaN, text: "" };

/** `2026-11-21 02:31:05.123`, as in console.log. */
export function logTime(time: number): string {
  if (time !== last.time) last = { time, text: new Date(time).toISOString().slice(0, 23).replace("T", " ") };
  return last.text;
}

/** `2026-11-21T02:31:05Z`, as in detailedoutput.json. */
export function resultTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** `2026-11-21_02-31-05_UTC-0`, as in the name of the log folder. */
export function folderTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace("T", "_").replaceAll(":", "-")}_UTC-0`;
}
