import { actionError } from "../errors.js";
import { describeFileError, fileErrorCode } from "./describe-file-error.js";
import type { FilePath } from "./show-path.js";

/**
 * Runs calls of the file system port and converts their failures to `cannot <operation> "<path>": <reason>`.
 * Rethrows other errors unchanged, such as an abort or an error of this package.
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
