import { compilePolicy, readAccessPolicy, type CompiledPolicy, type PolicyKind } from "@imagewright/access-policies";
import type { Kysely } from "kysely";
import type { Tables } from "../database/tables.js";

/** The policies of a user, prepared for decisions. */
export async function policiesOfUser(database: Kysely<Tables>, principal: string): Promise<readonly CompiledPolicy[]> {
  const rows = await database
    .selectFrom("identity_policy")
    .select(["name", "document"])
    .where("principal", "=", principal)
    .orderBy("name")
    .execute();
  return rows.map(({ name, document }) => compiled(document, "identity", name));
}

/** Policies in use, by their kind, name and text. */
const known = new Map<string, CompiledPolicy>();
const MOST_KNOWN = 1000;

/** A policy that was checked when it was stored. Throws for one that cannot be read: nothing is allowed by it, nor by others beside it. */
export function compiled(document: string, kind: PolicyKind, name: string): CompiledPolicy {
  const key = JSON.stringify([kind, name, document]);
  const found = known.get(key);
  if (found !== undefined) return found;
  const { policy } = readAccessPolicy(document, { kind, name });
  if (policy === undefined) throw new Error(`the policy ${JSON.stringify(name)} in the database cannot be read`);
  const made = compilePolicy(policy, name);
  // the oldest first: one that is used again is read again
  for (const oldest of known.keys()) if (known.size >= MOST_KNOWN) known.delete(oldest);
  known.set(key, made);
  return made;
}
