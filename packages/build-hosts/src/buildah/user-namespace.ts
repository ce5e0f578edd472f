/** Whether this process is an ordinary user's: the files of a container belong to users that exist only in buildah's user namespace. */
export function isOrdinaryUser(): boolean {
  return process.getuid?.() !== 0;
}

/** The command line that runs another one where the files of containers can be reached: as root here, or in buildah's user namespace. */
export function inUserNamespace(words: readonly string[]): readonly string[] {
  return isOrdinaryUser() ? ["buildah", "unshare", "--", ...words] : words;
}
