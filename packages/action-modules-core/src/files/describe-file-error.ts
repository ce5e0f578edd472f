/** Descriptions of the system's error codes. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EBUSY: "it is in use",
  EDQUOT: "the disk quota is used up",
  EEXIST: "it exists already",
  EFBIG: "the file would be too large",
  EIO: "the disk reported an error",
  EISDIR: "it is a folder",
  ELOOP: "too many symbolic links lead to one another",
  EINVAL: "the system does not allow it",
  EMFILE: "too many files are open",
  ENAMETOOLONG: "the name is too long",
  ENFILE: "too many files are open",
  ENOENT: "no such file or folder",
  ENOSPC: "no space is left on the disk",
  ENOTDIR: "a part of the path is not a folder",
  ENOTEMPTY: "it is not empty",
  EPERM: "the operation is not permitted",
  EROFS: "the file system is read-only",
  ETXTBSY: "it is a program that is running",
  // Node's own code for a NUL character in a path
  ERR_INVALID_ARG_VALUE: "the path has a NUL character",
};

const HINTS: Readonly<Record<string, string>> = {
  EACCES: "run as root or as an administrator, or allow the access",
  EPERM: "run as root or as an administrator, or as the owner of the file",
  ENOSPC: "free some space, or give the machine a larger disk",
};

/** The system's code of a failed file operation (`ENOENT`, `EACCES`, …), or undefined for any other thrown value. */
export function fileErrorCode(thrown: unknown): string | undefined {
  const code = typeof thrown === "object" && thrown !== null && "code" in thrown ? thrown.code : undefined;
  return typeof code === "string" && /^E[A-Z0-9_]+$/.test(code) ? code : undefined;
}

/** Why a file operation failed, by the system's code: lower-case, no final period, with hints if known. */
export function describeFileError(code: string): { readonly reason: string; readonly hint?: string } {
  const hint = HINTS[code];
  return { reason: REASONS[code] ?? `the system reported ${code}`, ...(hint === undefined ? {} : { hint }) };
}
