import { readArn, type ArnLevel, type OperationName, type ResourceArn, type ResourceType } from "@imagewright/imagebuilder-model";
import { sql, type RawBuilder } from "kysely";
import type { ResourceRow } from "../database/tables.js";
import { invalidValue, resourceIsManaged, resourceNotFound } from "../errors/api-errors.js";
import type { CallContext } from "../operation-definition.js";
import { isSharedWith } from "../sharing/shares.js";
import { ALL_COLUMNS } from "./all-columns.js";
import { kindOf, modelNameOf } from "./resource-name.js";

/** What an ARN in an input may be. */
export interface NamedBy {
  /** The member that has it, in messages. */
  readonly parameter: string;
  readonly types: readonly ResourceType[];
  readonly levels?: readonly ArnLevel[];
}

/** What finding a resource needs of a call. */
export type FindContext = Pick<CallContext, "caller" | "database" | "services">;

/** Which of several versions or builds counts. */
export interface FindOptions {
  /** Versions and builds with one of these states only, such as images that are AVAILABLE. A build that is named counts in any state. */
  readonly withStatus?: readonly string[];
  /** Whether the row is kept from being deleted until the transaction ends, because a new resource will name it. */
  readonly keep?: boolean;
}

/** Reads an ARN of an input. Throws InvalidParameterValueException with all its faults. */
export function arnIn(operation: OperationName, text: string, { parameter, types, levels }: NamedBy): ResourceArn {
  const { value, diagnostics } = readArn(text, levels === undefined ? { types } : { types, levels });
  if (value !== undefined) return value;
  throw invalidValue(operation, parameter, diagnostics.map(({ message }) => message).join("; "));
}

/**
 * The resource that an ARN of an input names: the newest build for a version, the newest match for wildcards. Throws
 * InvalidParameterValueException for another ARN, ResourceNotFoundException if there is none that the caller can see.
 */
export async function findResource(context: CallContext, text: string, named: NamedBy, options?: FindOptions): Promise<ResourceRow> {
  const arn = arnIn(context.operation, text, named);
  const row = await findByArn(context, arn, options);
  if (row === undefined) throw resourceNotFound(modelNameOf(arn.type), text);
  return row;
}

/** The same for an ARN that was read already; undefined if there is none. */
export async function findByArn(context: FindContext, arn: ResourceArn, options: FindOptions = {}): Promise<ResourceRow | undefined> {
  if (!isVisible(context, arn)) return undefined;
  const [major, minor, patch, build] = arn.pattern?.numbers ?? [];
  const status = build === undefined ? options.withStatus : undefined;
  const query = sql<ResourceRow>`
    select ${ALL_COLUMNS} from resource
    where region = ${arn.region} and owner = ${arn.owner} and kind = ${kindOf(arn.type)} and type = ${arn.type} and slug = ${arn.name}
      ${isNumber("major", major)}${isNumber("minor", minor)}${isNumber("patch", patch)}${isNumber("build", build)}
      ${status === undefined ? NOTHING : sql`and status = any(${status}::text[])`}
      ${isOfOtherAccount(context, arn) ? sql`and ${isSharedWith(context)}` : NOTHING}
    order by major desc, minor desc, patch desc, build desc limit 1 ${options.keep === true ? sql`for key share` : NOTHING}`;
  const find = async () => (await query.execute(context.database)).rows[0];
  const found = await find();
  // while this waited for the newest match, it may have been deleted, or is shared no more
  return options.keep === true && (found === undefined || isOfOtherAccount(context, arn)) ? find() : found;
}

const NOTHING = sql.raw("");

function isNumber(column: string, value: number | undefined): RawBuilder<unknown> {
  return value === undefined ? NOTHING : sql` and ${sql.raw(column)} = ${value}`;
}

/**
 * The caller's own resource that an ARN names, to be changed or deleted; no other transaction changes it meanwhile. Throws like
 * `findResource`, and ForbiddenException for what comes with the service.
 */
export async function findOwnResource(context: CallContext, text: string, named: NamedBy): Promise<ResourceRow> {
  const arn = arnIn(context.operation, text, named);
  if (!isOfAccount(arn)) throw resourceIsManaged(context.operation, text);
  if (arn.owner !== context.caller.account) throw resourceNotFound(modelNameOf(arn.type), text);
  const found = await findByArn(context, arn);
  const row = found && (await lockRow(context, found));
  if (row === undefined) throw resourceNotFound(modelNameOf(arn.type), text);
  return row;
}

function lockRow({ database }: CallContext, { id }: ResourceRow): Promise<ResourceRow | undefined> {
  return database.selectFrom("resource").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
}

/** Whether the caller may see resources of such an ARN: of another account those that are shared. */
export function isVisible({ caller, services }: FindContext, { partition, region }: ResourceArn): boolean {
  return partition === services.partition && region === caller.region;
}

/** Whether a resource belongs to another account; what comes with the service belongs to none. */
export function isOfOtherAccount({ caller }: Pick<CallContext, "caller">, { owner }: Pick<ResourceArn, "owner">): boolean {
  return owner !== caller.account && isOfAccount({ owner });
}

/** Whether a resource belongs to an account, and does not come with the service. */
function isOfAccount({ owner }: Pick<ResourceArn, "owner">): boolean {
  return /^\d{12}$/.test(owner);
}
