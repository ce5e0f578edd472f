/** What the exit code of the agent tells. */
export const EXIT = { done: 0, failed: 1, usage: 2, internal: 3 } as const;
