/** The user and group that own nothing on most systems, by number. */
export const NOBODY = 65534;

/** Whether this process may become another user and mount disks. */
export const isRoot = process.getuid?.() === 0;

/** Runs the body as a user who owns nothing. Root passes every permission check, so tests of those need this. */
export async function asNobody<Result>(body: () => Promise<Result>): Promise<Result> {
  process.setegid?.(NOBODY);
  process.seteuid?.(NOBODY);
  try {
    return await body();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}
