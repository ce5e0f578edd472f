import { buildHostError } from "../errors.js";

/** Runs what writes files of this computer. No space left is the error disk-full; `operation` follows "could not". */
export async function orDiskFull<Result>(operation: string, body: () => Promise<Result>): Promise<Result> {
  try {
    return await body();
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code !== "ENOSPC" && code !== "EDQUOT") throw thrown;
    throw buildHostError("disk-full", { engine: "the build host", operation }, { cause: thrown });
  }
}
