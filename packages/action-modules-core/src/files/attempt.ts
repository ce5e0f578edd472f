import { actionError } from "../errors.js";
import { describeFileError, fileErrorCode } from "./describe-file-error.js";
import type { FilePath } from "./show-path.js";

/**
 * Runs calls of the file system port; their failure becomes `cannot <operation> "<path>": <reason>`.
 * Whatever else is thrown, such as the abort of a run or an error that says enough already, passes as it is.
 */
export async function attempt<Result>(operation: string, path: FilePath, body: () => Promise<Result>): Promise<Result> {
  try {
    return await body();
  } catch (thrown) {
    const code = fileErrorCode(thrown);
    if (code === undefined) throw thrown;
    throw actionError("file-operation-failed", { operation, path, ...describeFileError(code) }, { cause: thrown });
  }
}
