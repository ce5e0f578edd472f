import { count } from "@imagewright/diagnostics";
import { TransferFailure } from "./transfer-failure.js";

/**
 * The patience with a server. Rejects with a temporary failure after the limit; only the wait for the server counts, not the
 * processing of its response.
 */
export async function withPatience<Result>(awaited: Promise<Result>, milliseconds: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    const reason = `the server sent nothing for ${count(milliseconds / 1000, "second")}`;
    timer = setTimeout(() => reject(new TransferFailure(reason, { again: true })), milliseconds);
  });
  try {
    return await Promise.race([awaited, silence]);
  } finally {
    clearTimeout(timer);
  }
}
