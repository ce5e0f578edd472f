import { constants } from "node:os";
import { getSystemErrorMap } from "node:util";

/** The error codes that the view itself produces; errors of the real files are passed on unchanged. */
export type FileErrorCode = Extract<
  keyof typeof constants.errno,
  | "EACCES"
  | "EBADF"
  | "EBUSY"
  | "EEXIST"
  | "EINVAL"
  | "EISDIR"
  | "ELOOP"
  | "ENAMETOOLONG"
  | "ENOENT"
  | "ENOTDIR"
  | "ENOTEMPTY"
  | "ENOTSUP"
  | "ENXIO"
  | "EPERM"
  | "EXDEV"
>;

/** An operation is not possible in the view; the called operation converts this to an error like Node's own. */
export class RefusedOperation extends Error {
  constructor(readonly code: FileErrorCode) {
    super(code);
  }
}

/** Runs the body of an operation; converts a refusal to an error like those of node:fs. */
export async function asNode<Result>(
  syscall: string,
  path: string | undefined,
  body: () => Promise<Result>,
  destination?: string,
): Promise<Result> {
  try {
    return await body();
  } catch (thrown) {
    if (thrown instanceof RefusedOperation) throw fileError(thrown.code, syscall, path, destination);
    throw thrown;
  }
}

function fileError(code: FileErrorCode, syscall: string, path?: string, destination?: string): NodeJS.ErrnoException {
  const errno = -constants.errno[code];
  const text = getSystemErrorMap().get(errno)?.[1] ?? code;
  const shown = (path === undefined ? "" : ` '${path}'`) + (destination === undefined ? "" : ` -> '${destination}'`);
  const facts = {
    errno,
    code,
    syscall,
    ...(path === undefined ? {} : { path }),
    ...(destination === undefined ? {} : { dest: destination }),
  };
  return Object.assign(new Error(`${code}: ${text}, ${syscall}${shown}`), facts);
}
