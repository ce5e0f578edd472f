import type { Accounts } from "@imagewright/action-contract";

/** Accounts of Windows have no numbers, and no input takes their names: owners, groups and permissions are for the other platforms. */
export const windowsAccounts: Accounts = { user: async () => undefined, group: async () => undefined };
