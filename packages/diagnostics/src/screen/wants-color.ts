/**
 * Whether what a program writes to a stream has colours, for every program alike. `FORCE_COLOR` decides alone where it is set, also for a
 * pipe; then `NO_COLOR` and `TERM=dumb` switch them off; otherwise a terminal has colours, and a pipe or a file has none. An empty variable
 * is as none. See https://force-color.org and https://no-color.org; Node and the common libraries prefer FORCE_COLOR too.
 */
export function wantsColor(
  { isTTY = false }: { readonly isTTY?: boolean },
  { FORCE_COLOR = "", NO_COLOR = "", TERM = "" }: Readonly<Record<string, string | undefined>>,
): boolean {
  if (FORCE_COLOR !== "") return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return isTTY && NO_COLOR === "" && TERM !== "dumb";
}
