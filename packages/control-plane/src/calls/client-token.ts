import { operationAccess } from "@imagewright/access-policies";
import { sql } from "kysely";
import { namedResource } from "../access/named-resource.js";
import { tokenMismatch } from "../errors/api-errors.js";
import type { CallContext } from "../operation-definition.js";
import { digestOfData } from "../input/canonical-json.js";

/** How long the answer of a call is kept for its client token. */
const KEPT_MILLISECONDS = 24 * 60 * 60 * 1000;

type Data = Readonly<Record<string, unknown>>;

/**
 * Does a call once for its client token: a repeated call with the same input has the first answer, one with another input is refused.
 * Tokens are those of account, Region and operation. A call that runs at the same time waits for the first: its claim is a row of the
 * transaction, so a call that fails leaves nothing.
 */
export async function onceForToken(context: CallContext, input: Data, token: string, run: () => Promise<Data>): Promise<Data> {
  const fingerprint = fingerprintOf(input);
  const answer = await claim(context, token, fingerprint);
  if (answer !== undefined) {
    await requireRepeated(context, answer);
    return answer;
  }
  const given = await run();
  await context.database
    .updateTable("client_token")
    .set({ answer: JSON.stringify(given) })
    .where("region", "=", context.caller.region)
    .where("account", "=", context.caller.account)
    .where("operation", "=", context.operation)
    .where("token", "=", token)
    .execute();
  return given;
}

/** The first call may have been that of another caller: whoever hears its answer again may create what it has created. */
async function requireRepeated(context: CallContext, answer: Data): Promise<void> {
  const { access, operation } = context;
  if (access === undefined || operationAccess(operation).creates.length === 0) return;
  const arns = Object.values(answer).filter((value): value is string => typeof value === "string" && value.startsWith("arn:"));
  for (const arn of arns) access.requireCreated(arn, (await namedResource(context, arn)).tags);
}

/** What has to be the same in a repeated call. */
export function fingerprintOf(input: Data): string {
  return digestOfData({ ...input, clientToken: undefined, dryRun: undefined });
}

/** Until when the tokens of calls are forgotten. */
export function forgottenAt(now: Date): Date {
  return new Date(now.getTime() - KEPT_MILLISECONDS);
}

/** The answer of an earlier call; undefined if this one is the first. */
async function claim({ database, caller, operation, now }: CallContext, token: string, fingerprint: string): Promise<Data | undefined> {
  const { rows } = await sql`
    insert into client_token (region, account, operation, token, fingerprint, created_at)
    values (${caller.region}, ${caller.account}, ${operation}, ${token}, ${fingerprint}, ${now})
    on conflict (region, account, operation, token) do update
    set fingerprint = excluded.fingerprint, answer = null, created_at = excluded.created_at
    where client_token.created_at <= ${forgottenAt(now)}
    returning 1`.execute(database);
  if (rows.length > 0) return undefined;
  const first = await database
    .selectFrom("client_token")
    .select(["fingerprint", "answer"])
    .where("region", "=", caller.region)
    .where("account", "=", caller.account)
    .where("operation", "=", operation)
    .where("token", "=", token)
    .executeTakeFirstOrThrow();
  if (first.fingerprint !== fingerprint || first.answer === null) throw tokenMismatch(operation, token);
  return first.answer;
}

/** Removes the answers that are no longer kept. */
export async function removeExpiredTokens({ database, now }: Pick<CallContext, "database" | "now">): Promise<void> {
  await database.deleteFrom("client_token").where("created_at", "<=", forgottenAt(now)).execute();
}
