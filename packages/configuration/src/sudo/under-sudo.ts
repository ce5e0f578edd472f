type Environment = Readonly<Record<string, string | undefined>>;

/** Whether this process is root's and was started through sudo by another user, whom `SUDO_UID` names. */
export function isUnderSudo(environment: Environment, uid = process.getuid?.()): boolean {
  const caller = environment["SUDO_UID"] ?? "";
  return uid === 0 && caller !== "" && !/^0+$/.test(caller);
}

/** Where programs keep and look for files of their user: the directories of XDG, of temporary files, and of the stores of containers. */
const PLACES = /^(XDG_\w+|TMPDIR|TMP|TEMP|CONTAINERS_(STORAGE_)?CONF(_OVERRIDE)?|STORAGE_(DRIVER|OPTS))$/;

/**
 * The environment in which root's files are root's own. `sudo -E` passes that of the caller, in which HOME and others name folders of the
 * caller, where what root writes could be led elsewhere.
 */
export function rootsEnvironment(environment: Environment, home: string): Environment {
  const kept = Object.entries(environment).filter(([name]) => !PLACES.test(name));
  return { ...Object.fromEntries(kept), HOME: home, USER: "root", LOGNAME: "root" };
}
