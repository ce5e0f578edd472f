import { IS_WINDOWS } from "@imagewright/node-host";

/** The exit codes of the agent, besides those of signals. `restart`: the machine has to restart before the run continues. */
export const EXIT = { done: 0, failed: 1, usage: 2, internal: 3, restart: IS_WINDOWS ? 3010 : 194 } as const;
