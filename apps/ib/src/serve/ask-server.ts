import { describeCause } from "@imagewright/diagnostics";
import type { ServerRecord } from "./server-record.js";

const LONGEST_ANSWER_MILLISECONDS = 10_000;

/** Why a running server cannot answer requests, as it says itself; undefined if it can. */
export async function whyNotReady({ address }: Pick<ServerRecord, "address">): Promise<string | undefined> {
  try {
    const response = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(LONGEST_ANSWER_MILLISECONDS) });
    const text = await response.text();
    return response.ok ? undefined : text.slice(0, 500);
  } catch (thrown) {
    const { cause } = thrown as { readonly cause?: unknown };
    return describeCause(cause ?? thrown);
  }
}
