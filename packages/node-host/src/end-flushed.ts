/** Calls back when the readers of this process's output have taken all, or have gone. */
export type Flush = (flushed: () => void) => void;

const PATIENCE_MILLISECONDS = 1_000;

/**
 * Calls `end`, once, as soon as the output has been written, or after a second, whatever its readers do. Ends of this process have to wait
 * for that: a write to a pipe is done later where the pipe is full, with Node on Windows always, and what is not written then is lost.
 */
export function endFlushed(end: () => void, flush: Flush): void {
  let isOver = false;
  const endOnce = () => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    end();
  };
  const timer = setTimeout(endOnce, PATIENCE_MILLISECONDS);
  flush(endOnce);
}
