// A run with IMAGEWRIGHT_END, in seconds since 1970, begins nothing of the slow suite after it, so that a slow machine ends in time too.

/** Whether nothing more is to begin. */
export function timeIsUp() {
  const { IMAGEWRIGHT_END: end } = process.env;
  return end !== undefined && Date.now() >= Number(end) * 1000;
}
