import type { NumberedLogLine } from "@imagewright/control-plane";

/** A line of a log before it has its number. */
export type LogDraft = Omit<NumberedLogLine, "number">;

/** A message as lines of their own. */
export function draftsOf(text: string, place: Omit<LogDraft, "text">): readonly LogDraft[] {
  return text.split("\n").map((line) => ({ ...place, text: line }));
}
