/** How many file tasks run at once: enough to keep the thread pool busy. */
export const TASKS_AT_ONCE = 32;

/** Tasks that lead to further tasks, as in a tree of folders. */
export interface WorkThrough<Task> {
  readonly first: Task;
  /** The maximum number of concurrent tasks. */
  readonly limit: number;
  readonly signal: AbortSignal;
  /** Runs one task; returns the tasks that follow from it. */
  readonly work: (task: Task) => Promise<readonly Task[]>;
}

/**
 * Runs a task and everything that follows from it. The newest tasks run first, so that the queue stays as short as in a depth-first walk.
 * After a failure or an abort no other task starts; the reason is thrown once the running ones have ended.
 */
export function workThrough<Task>({ first, limit, signal, work }: WorkThrough<Task>): Promise<void> {
  const waiting: Task[] = [first];
  const failures: unknown[] = [];
  let active = 0;
  return new Promise((resolve, reject) => {
    // callbacks rather than a promise for each step: a tree has many small tasks
    const proceed = () => {
      while (active < limit && failures.length === 0 && waiting.length > 0) {
        if (signal.aborted) failures.push(signal.reason);
        else begin(waiting.pop() as Task); // defined, since the queue is not empty
      }
      if (active > 0) return;
      if (failures.length > 0) reject(failures[0]);
      else resolve();
    };
    const begin = (task: Task) => {
      active += 1;
      work(task).then(
        (found) => {
          for (const next of found) waiting.push(next);
          active -= 1;
          proceed();
        },
        (thrown: unknown) => {
          failures.push(thrown);
          active -= 1;
          proceed();
        },
      );
    };
    proceed();
  });
}
