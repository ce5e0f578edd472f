import type { PlaneStatistics } from "@imagewright/control-plane";
import type { RequestRecord } from "@imagewright/api-server";
import { imageStates, lifecycleStates } from "@imagewright/imagebuilder-model";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

export interface MetricsSources {
  /** Rejects if the database cannot be reached. */
  readonly statistics: () => Promise<PlaneStatistics>;
  /** How many records the audit log does not have yet. */
  readonly auditWaiting: () => number;
}

// a read takes about a millisecond, an image with its workflows some hundred
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** The measures of one server, in the text format of Prometheus. They name no account, user or resource. */
export class ServiceMetrics {
  readonly contentType: string;
  readonly #registry = new Registry();
  readonly #sources: MetricsSources;
  readonly #requests: Counter<"operation" | "status">;
  readonly #seconds: Histogram<"operation">;
  readonly #gauges: { readonly up: Gauge; readonly audit: Gauge; readonly connections: Gauge; readonly calls: Gauge };
  readonly #images: Gauge<"status">;
  readonly #lifecycles: Gauge<"status">;

  constructor(sources: MetricsSources) {
    this.#sources = sources;
    this.contentType = this.#registry.contentType;
    collectDefaultMetrics({ register: this.#registry });
    const registers = [this.#registry];
    const gauge = (name: string, help: string) => new Gauge({ name: `imagewright_${name}`, help, registers });
    const byStatus = (name: string, help: string) => new Gauge({ name: `imagewright_${name}`, help, labelNames: ["status"], registers });
    this.#requests = new Counter({
      ...{ name: "imagewright_requests_total", help: "Requests that were answered", registers },
      labelNames: ["operation", "status"],
    });
    this.#seconds = new Histogram({
      ...{ name: "imagewright_request_duration_seconds", help: "From the headers of a request to its response", registers },
      ...{ labelNames: ["operation"], buckets: SECONDS },
    });
    this.#gauges = {
      up: gauge("database_up", "1 if the database answers, else 0"),
      audit: gauge("audit_records_waiting", "Requests that are not in the audit log yet"),
      connections: gauge("database_connections", "Open connections of this server to the database"),
      calls: gauge("database_calls_waiting", "Calls that wait for a connection"),
    };
    this.#images = byStatus("images", "Images of the database in which work is left");
    this.#lifecycles = byStatus("lifecycle_executions", "Lifecycle executions of the database that have not ended");
  }

  /** Counts a request. One that no operation could be found for has the operation "none". */
  add({ operation = "none", status, ms }: RequestRecord): void {
    this.#requests.inc({ operation, status });
    this.#seconds.observe({ operation }, ms / 1000);
  }

  /** What a scrape gets. What only the database knows is left out while it does not answer. */
  async text(): Promise<string> {
    this.#gauges.audit.set(this.#sources.auditWaiting());
    this.#images.reset();
    this.#lifecycles.reset();
    const statistics = await this.#sources.statistics().catch(() => undefined);
    this.#gauges.up.set(statistics === undefined ? 0 : 1);
    if (statistics !== undefined) this.#take(statistics);
    return this.#registry.metrics();
  }

  #take({ connections, images, lifecycleExecutions }: PlaneStatistics): void {
    this.#gauges.connections.set(connections.open);
    this.#gauges.calls.set(connections.waiting);
    // a state without images is 0, and not missing
    for (const status of imageStates.states.filter((state) => !imageStates.hasEnded(state)))
      this.#images.set({ status }, images.get(status) ?? 0);
    for (const status of lifecycleStates.states.filter((state) => !lifecycleStates.hasEnded(state)))
      this.#lifecycles.set({ status }, lifecycleExecutions.get(status) ?? 0);
  }
}
