import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { diag, DiagLogLevel, type DiagLogger } from "@opentelemetry/api";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from "@opentelemetry/sdk-trace-base";
import { ibError } from "../errors.js";
import { KeyedIds } from "./keyed-ids.js";
import type { OpenTraces, TracesParts } from "./traces-parts.js";
import { OtlpSpans } from "./otlp-spans.js";
import type { TraceSettings } from "./trace-settings.js";
import { WatchedExporter } from "./watched-exporter.js";

/** How long a server that ends waits until what is left is sent, in milliseconds. */
const PATIENCE = 5_000;

/**
 * Sends spans to a collector by OTLP over HTTP, in batches, from a queue that has an end. The variables of OpenTelemetry say how: headers,
 * certificates, sampler, sizes and times. Errors: traces-not-sent.
 */
export function openOtlpTraces(settings: TraceSettings, { version, onNotice }: TracesParts): OpenTraces {
  const ids = new KeyedIds();
  const provider = heeding(() => {
    const exporter = new WatchedExporter(exporterTo(settings), onNotice);
    const resource = resourceFromAttributes({
      ...{ "service.name": "imagewright", "service.version": version, "service.instance.id": randomUUID() },
      ...{ "host.name": hostname(), "process.pid": process.pid },
    }).merge(detectResources({ detectors: [envDetector] }));
    return new BasicTracerProvider({ resource, idGenerator: ids, spanProcessors: [new BatchSpanProcessor(exporter)] });
  });
  const close = async () => {
    const sent = provider.shutdown().catch(() => undefined);
    await Promise.race([sent, sleep(PATIENCE, undefined, { ref: false })]);
  };
  return { traces: new OtlpSpans(provider.getTracer("imagewright", version), ids), close };
}

function exporterTo({ url, protocol }: TraceSettings): SpanExporter {
  return protocol === "http/json" ? new JsonExporter({ url }) : new ProtobufExporter({ url });
}

/** The library says what is wrong with a variable, and goes on with its default, which nobody has asked for. */
function heeding<Value>(open: () => Value): Value {
  const problems: string[] = [];
  const take = (message: string) => void problems.push(message);
  const logger: DiagLogger = { error: take, warn: take, info: () => {}, debug: () => {}, verbose: () => {} };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  try {
    const value = open();
    const [problem] = problems;
    if (problem !== undefined) throw ibError("traces-not-sent", { problem });
    return value;
  } finally {
    // what becomes of batches is told by the exporter
    diag.disable();
  }
}
