import { NO_TRACES } from "@imagewright/traces";
import type { OpenTraces, TracesParts } from "./traces-parts.js";
import type { TraceSettings } from "./trace-settings.js";

const OFF: OpenTraces = { traces: NO_TRACES, close: () => Promise.resolve() };

/** Where spans go. What sends them is loaded only if there is such a place. Errors: traces-not-sent. */
export async function openTraces(settings: TraceSettings | undefined, parts: TracesParts): Promise<OpenTraces> {
  if (settings === undefined) return OFF;
  const { openOtlpTraces } = await import("./otlp-traces.js");
  return openOtlpTraces(settings, parts);
}
