import { CompiledQuery, type Kysely } from "kysely";
import type { Tables } from "../database/tables.js";

/** What the function `store_resource` in the database takes, by the names that `store_resources` has for it. */
export interface StoreRequest {
  readonly region: string;
  readonly owner: string;
  readonly kind: string;
  readonly type: string;
  readonly slug: string;
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** null for the next one. */
  readonly build: number | null;
  readonly version: string;
  readonly name: string;
  readonly arn: string;
  readonly status: string | undefined;
  readonly detail: object;
  readonly document: string | undefined;
  readonly digest: string | undefined;
  readonly tags: object;
  readonly created_at: Date;
  readonly quota: number | undefined;
  readonly operation?: string | undefined;
  readonly token?: string | undefined;
  readonly fingerprint?: string | undefined;
  readonly member?: string | undefined;
  readonly forgotten?: Date | undefined;
}

/** What became of it. */
export interface StoreOutcome {
  /** `busy`: another transaction has the name, and this one may not wait for it. */
  readonly outcome: "stored" | "repeated" | "mismatch" | "exists" | "over-quota" | "busy";
  readonly id: string;
  readonly arn: string;
}

const STORE = "select outcome, stored_id as id, stored_arn as arn from store_resources($1, $2)";

/** Stores resources in one statement; the outcomes are in the order of the requests. Without `mayWait` one of them may be busy. */
export async function storeRows(
  database: Kysely<Tables>,
  requests: readonly StoreRequest[],
  { mayWait }: { readonly mayWait: boolean },
): Promise<readonly StoreOutcome[]> {
  return (await database.executeQuery<StoreOutcome>(CompiledQuery.raw(STORE, [JSON.stringify(requests), mayWait]))).rows;
}
