import { createHash } from "node:crypto";
import { RandomIdGenerator, type IdGenerator } from "@opentelemetry/sdk-trace-base";

/** The ids of spans: random, or, within a key, the same in every process. */
export class KeyedIds implements IdGenerator {
  readonly #random = new RandomIdGenerator();
  #digest: string | undefined;

  readonly generateTraceId = (): string => this.#digest?.slice(0, 32) ?? this.#random.generateTraceId();
  readonly generateSpanId = (): string => this.#digest?.slice(32, 48) ?? this.#random.generateSpanId();

  /** Runs what begins the span of a key. */
  within<Value>(key: string, begin: () => Value): Value {
    this.#digest = createHash("sha256").update(key).digest("hex");
    try {
      return begin();
    } finally {
      this.#digest = undefined;
    }
  }
}
