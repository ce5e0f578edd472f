const callbacksOf = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls back when a signal aborts, until the returned function is called. A signal has one listener, however many are called back: to
 * remove a listener takes the agent's runtime longer than all else at the end of a command.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const known = callbacksOf.get(signal);
  const callbacks = known ?? new Set();
  if (known === undefined) {
    callbacksOf.set(signal, callbacks);
    signal.addEventListener("abort", () => callbacks.forEach((call) => call()), { once: true });
  }
  callbacks.add(callback);
  return () => callbacks.delete(callback);
}
