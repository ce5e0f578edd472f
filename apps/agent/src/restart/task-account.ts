import { quote } from "@imagewright/diagnostics";

/** The account in which a task runs. */
export interface TaskAccount {
  readonly sid: string;
  /**
   * How Windows logs it on. The schema of tasks ([MS-TSCH] 2.5.6) has no word for its own service accounts, the system among them: they are
   * told by their SIDs, and have none.
   */
  readonly logonType: "S4U" | "Password" | undefined;
  /** What schtasks has to be told besides the definition. */
  readonly parameters: readonly string[];
}

// the system, local service and network service
const SERVICES: readonly string[] = ["S-1-5-18", "S-1-5-19", "S-1-5-20"];
// NT SERVICE\name, IIS APPPOOL\name and NT VIRTUAL MACHINE\name
const VIRTUAL = /^S-1-5-8[023]-/;
const OF_A_DOMAIN_OR_MACHINE = /^S-1-5-21-/;

/**
 * How a task can run in an account without a password that would have to be known: a user is logged on without one (S4U), and then cannot
 * use shares of the network; a managed service account with the one that the domain keeps, of which schtasks is told that it is empty.
 * `nameOf` is asked for the name where it tells which of them it is: those of managed accounts end with a dollar sign. Throws for a virtual
 * account, which the Service Control Manager alone can log on.
 */
export function taskAccount(sid: string, nameOf: () => string | undefined): TaskAccount {
  if (SERVICES.includes(sid)) return { sid, logonType: undefined, parameters: [] };
  const name = nameOf();
  if (VIRTUAL.test(sid))
    throw new Error(`${quote(name ?? sid)} is an account of a service alone, in which Windows runs no tasks; let another account run it`);
  if (OF_A_DOMAIN_OR_MACHINE.test(sid) && name?.endsWith("$") === true)
    return { sid, logonType: "Password", parameters: ["/RU", name, "/RP", ""] };
  return { sid, logonType: "S4U", parameters: [] };
}
