import { ExportResultCode, type ExportResult } from "@opentelemetry/core";
import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace-base";
import { describeCause } from "@imagewright/diagnostics";

/** Tells once why spans are not taken, and once that they are again. */
export class WatchedExporter implements SpanExporter {
  #fails = false;

  constructor(
    private readonly exporter: SpanExporter,
    private readonly onNotice: (problem: string | undefined) => void,
  ) {}

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.exporter.export(spans, (result) => {
      const fails = result.code !== ExportResultCode.SUCCESS;
      if (fails !== this.#fails) this.onNotice(fails ? reasonOf(result.error) : undefined);
      this.#fails = fails;
      done(result);
    });
  }

  forceFlush(): Promise<void> {
    return this.exporter.forceFlush?.() ?? Promise.resolve();
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown();
  }
}

/** A collector that answers without success is an error with a status; its text is that of the status, or none. */
function reasonOf(error: (Error & { readonly code?: string | number }) | undefined): string {
  if (typeof error?.code === "number") return `it answered with the status ${error.code}`;
  return error === undefined ? "it failed" : describeCause(error);
}
