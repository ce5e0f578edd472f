import type { Logger } from "@oclif/core/interfaces";

const nothing = () => undefined;

/** Logs nothing. With it, oclif does not load what prints its messages for `DEBUG`. */
export const silentLogger: Logger = {
  namespace: "oclif",
  debug: nothing,
  error: nothing,
  info: nothing,
  trace: nothing,
  warn: nothing,
  child: () => silentLogger,
};
