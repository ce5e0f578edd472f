const MAY_NOT = /^you may not /;
const MISSING = /does not exist$|^the source is missing$/;
const OVERWRITE = /^overwrite is false /;
const NO_ACCOUNT = /^there is no such (user|group)$/;

/**
 * The errors of chapter 17 ("returns an error when") for each action, as patterns of their names in READMEs and tests. The last of
 * its bullets is always that the operation fails, which requires one more listed error than the patterns match.
 */
const GUIDE_ERRORS: Readonly<Record<string, readonly RegExp[]>> = {
  AppendFile: [MISSING, MAY_NOT],
  CopyFile: [MAY_NOT, MISSING, OVERWRITE],
  CopyFolder: [MAY_NOT, MISSING, OVERWRITE],
  CreateFile: [MAY_NOT],
  CreateFolder: [MAY_NOT],
  CreateSymlink: [MISSING, /^a (file|folder) .*has the name/],
  DeleteFile: [MAY_NOT],
  DeleteFolder: [MAY_NOT],
  ListFiles: [MISSING, MAY_NOT],
  MoveFile: [MAY_NOT, MISSING, OVERWRITE],
  MoveFolder: [MAY_NOT, MISSING, OVERWRITE],
  ReadFile: [MISSING],
  SetFileEncoding: [MAY_NOT, MISSING],
  SetFileOwner: [MAY_NOT, NO_ACCOUNT, MISSING],
  SetFolderOwner: [MAY_NOT, NO_ACCOUNT, MISSING],
  SetFilePermissions: [MAY_NOT, MISSING],
  SetFolderPermissions: [MAY_NOT, MISSING],
};

/** The guide's errors of an action that are missing in the listed ones. */
export function unlistedErrors(action: string, listed: readonly string[]): string[] {
  const named = GUIDE_ERRORS[action] ?? [];
  const missing = named.filter((pattern) => !listed.some((name) => pattern.test(name))).map(String);
  const further = listed.filter((name) => !named.some((pattern) => pattern.test(name)));
  return named.length > 0 && further.length === 0 ? [...missing, "another failure of the operation"] : missing;
}
