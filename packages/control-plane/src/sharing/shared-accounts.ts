import type { AccessPolicy } from "@imagewright/access-policies";

/** Every account, in policies and in the table of shares. */
export const EVERY_ACCOUNT = "*";

/** The accounts beside the owner's that a policy of a resource allows something: of 12 digits, or `*`. */
export function sharedAccounts({ statements }: AccessPolicy, owner: string): readonly string[] {
  const allowing = statements.filter(({ effect }) => effect === "Allow");
  const accounts = allowing.flatMap(({ principals }) => principals?.values.map(accountOf) ?? []);
  return [...new Set(accounts)].filter((account) => account !== owner).sort();
}

/** The account of a principal as policies are read: `*`, an account, or an ARN. */
function accountOf(principal: string): string {
  return principal.split(":")[4] ?? principal;
}
