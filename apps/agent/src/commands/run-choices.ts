import type { LogReaders } from "@imagewright/component-runner";

export const RESTART_MODES = ["auto", "caller", "system"] as const;

/** Who restarts the machine if a step asks for it. */
export type RestartMode = (typeof RESTART_MODES)[number];

export const LOG_READERS = ["owner", "group", "all"] as const satisfies readonly LogReaders[];
