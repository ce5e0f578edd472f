import { safe, type SafeText } from "@imagewright/diagnostics";
import type { SinkNotice } from "../serve/deliver-to-sinks.js";

/** That a sink takes no events, or does again. */
export function describeSinkNotice({ sink, problem }: SinkNotice): SafeText {
  if (problem === undefined) return safe`notice: events are delivered to ${sink} again`;
  return safe`warning: events wait for ${sink}: ${problem}`;
}
