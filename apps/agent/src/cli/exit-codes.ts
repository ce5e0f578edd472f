/** What the exit code of the agent tells. `restart`: the machine has to restart before the run goes on. */
export const EXIT = { done: 0, failed: 1, usage: 2, internal: 3, restart: 194 } as const;
