/** How many tasks of files are under way at once: enough to keep the threads of the system calls busy. */
export const TASKS_AT_ONCE = 32;

/** Work that leads to further work, as a tree of folders does. */
export interface WorkThrough<Task> {
  readonly first: Task;
  /** How many tasks are under way at once, at most. */
  readonly limit: number;
  readonly signal: AbortSignal;
  /** Does one task; gives the tasks that it led to. */
  readonly work: (task: Task) => Promise<readonly Task[]>;
}

/**
 * Does a task and all that it leads to. The newest tasks go first, so that what waits stays as short as a walk into the depth allows.
 * After a failure or an abort no other task begins; the reason is thrown once those under way have ended.
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
        else begin(waiting.pop() as Task); // there is one, as it is not empty
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
