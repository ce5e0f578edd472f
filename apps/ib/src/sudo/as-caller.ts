import type { Caller } from "./caller.js";

/**
 * The command line that runs another one as the caller: with the caller's groups and no rights of root, in a session of its own, so that it
 * cannot reach root's terminal.
 */
export function asCaller({ uid, gid }: Caller, words: readonly string[]): readonly string[] {
  const becoming = [`--reuid=${uid}`, `--regid=${gid}`, "--init-groups", "--inh-caps=-all", "--no-new-privs"];
  return ["setsid", "--wait", "setpriv", ...becoming, "--", ...words];
}
