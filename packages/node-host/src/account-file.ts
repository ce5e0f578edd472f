/** The ids in one line of a file of users or groups. */
export interface AccountEntry {
  /** The user's or the group's own id. */
  readonly id: number;
  /** In a file of users, the id of the user's primary group. */
  readonly groupId: number | undefined;
}

// system calls take 2^32 - 1 as "leave unchanged", so no account has this id
const LARGEST_ID = 0xffff_fffe;

/** The number written in digits; undefined for any other text and for numbers that no account can have. */
export function parseId(text: string): number | undefined {
  const id = /^\d+$/.test(text) ? Number(text) : undefined;
  return id === undefined || id > LARGEST_ID ? undefined : id;
}

/**
 * Finds a name, or an id in digits, in the text of `/etc/passwd` or `/etc/group`. A name is preferred to an id, as in the system's
 * own tools. Lines without numbers are skipped, such as `+::::::`, which includes a name service. Format: passwd(5), group(5).
 */
export function findAccount(text: string, nameOrId: string): AccountEntry | undefined {
  const accounts = text.split("\n").flatMap((line) => {
    const [name = "", , id = "", groupId = ""] = line.split(":");
    const number = parseId(id);
    return number === undefined ? [] : [{ name, id: number, groupId: parseId(groupId) }];
  });
  const wanted = parseId(nameOrId);
  return accounts.find(({ name }) => name === nameOrId) ?? accounts.find(({ id }) => id === wanted);
}
