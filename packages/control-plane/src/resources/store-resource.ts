import type { DataKey } from "../encryption/sealed-text.js";
import { makeArn, slugOf, type ResourceArn, type ResourceType, type Tags } from "@imagewright/imagebuilder-model";
import type { ResourceRow } from "../database/tables.js";
import { quotaExceeded, resourceExists, tokenMismatch } from "../errors/api-errors.js";
import type { CallContext } from "../operation-definition.js";
import { storeReferences } from "./references.js";
import { storeRows, type StoreOutcome, type StoreRequest } from "./store-rows.js";
import { kindOf, modelNameOf, NO_VERSION, type NameOfResource, type VersionNumbers } from "./resource-name.js";

/** A resource that is to be stored. */
export interface NewResource {
  readonly type: ResourceType;
  readonly name: string;
  /** For types with versions: the numbers, their text as written, and of types with builds the build, or that it is the next one. */
  readonly version?: VersionNumbers & { readonly text: string; readonly build?: number | "next" };
  readonly status?: string;
  /** The members that lists and Get show, but for those with a column: ARN, name, version, dates, tags, owner. */
  readonly detail: object;
  /** What lists never need, such as a document. */
  readonly document?: string;
  /** The data key of the resource's own that seals the document, in place of that of the server. */
  readonly ownKey?: DataKey | undefined;
  /** Of what decides whether a next build is the same as the latest. */
  readonly digest?: string;
  readonly tags?: Tags | undefined;
  /** What it names, and what therefore cannot be deleted before it. */
  readonly references?: readonly ResourceArn[];
}

/** What others need of a resource that was stored. */
export type StoredResource = Pick<ResourceRow, "id" | "region" | "owner" | "arn">;

/** A call with a client token whose answer follows from the ARN of what it creates. */
export interface TokenCall {
  readonly token: string;
  /** A digest of its parameters. */
  readonly fingerprint: string;
  /** The member of the answer that has the ARN. */
  readonly member: string;
  /** Calls until then do not count. */
  readonly forgotten: Date;
}

/** The name under which the caller's resource of a type is stored. */
export function nameFor<Type extends ResourceType>(
  { caller }: Pick<CallContext, "caller">,
  type: Type,
  name: string,
): NameOfResource & { readonly type: Type } {
  return { region: caller.region, owner: caller.account, type, slug: slugOf(name) };
}

/**
 * Stores a resource of the caller's account, in one statement. Throws if it exists already: its name and version, and of a next build the
 * same content in the latest one; ServiceQuotaExceededException; and ForbiddenException, if the caller's policies do not allow it.
 */
export async function storeResource(context: CallContext, resource: NewResource): Promise<StoredResource> {
  const { region, account: owner } = context.caller;
  const { request } = requestOf(context, resource);
  const [stored] = (await storeRows(context.database, [request], { mayWait: true })) as [StoreOutcome];
  const { id, arn } = stored;
  // who may not create it does not find out that it is there
  if (stored.outcome === "stored" || stored.outcome === "exists") context.access?.requireCreated(arn, resource.tags);
  checkOutcome(context, request, stored);
  if (resource.references !== undefined) await storeReferences(context, { id }, resource.references);
  return { id, region, owner, arn };
}

/** The ARN of what was stored, or of what the first call with the token has stored; and the ARN of its version, which was read. */
export interface StoredOnce {
  readonly arn: string;
  readonly read: ResourceArn;
}

/** The same, once for the client token of a call, and without a transaction around it: together with what others store at that time. */
export async function storeForToken(
  context: CallContext,
  resource: Omit<NewResource, "references">,
  call: TokenCall | undefined,
): Promise<StoredOnce> {
  const { request, read } = requestOf(context, resource, call && { ...call, operation: context.operation });
  const stored = await context.stores.store(request);
  checkOutcome(context, request, stored);
  return { arn: stored.arn, read };
}

/** Who stores a resource, and how. */
export type StoringContext = Pick<CallContext, "caller" | "services" | "now">;

/** What is to be stored, once for a call with a client token, and the ARN of its version. */
export function requestOf(
  context: StoringContext,
  resource: NewResource,
  call?: TokenCall & { readonly operation: string },
): { readonly request: StoreRequest; readonly read: ResourceArn } {
  const { services, now } = context;
  const { region, owner, type, slug } = nameFor(context, resource.type, resource.name);
  const kind = kindOf(type);
  const { text = "", build = 0 } = resource.version ?? {};
  const { major, minor, patch } = resource.version ?? NO_VERSION;
  const read = makeArn({ partition: services.partition, region, owner, type, name: slug }, text === "" ? undefined : { text });
  const { name, status, detail, digest, tags = {} } = resource;
  const document = resource.document === undefined ? undefined : services.seal(resource.document, resource.ownKey);
  const quota = services.quotas.resources?.[kind];
  // one object that has its members from the beginning: as several that are joined it took longer than the check of a short document
  const request: StoreRequest = {
    region,
    owner,
    kind,
    type,
    slug,
    major,
    minor,
    patch,
    build: build === "next" ? null : build,
    version: text,
    name,
    arn: read.text,
    status,
    detail,
    document,
    digest,
    tags,
    created_at: now,
    quota,
    operation: call?.operation,
    token: call?.token,
    fingerprint: call?.fingerprint,
    member: call?.member,
    forgotten: call?.forgotten,
  };
  return { request, read };
}

/** Throws for every outcome but that it is stored. */
function checkOutcome({ operation }: CallContext, { type, kind, quota, token }: StoreRequest, { outcome, arn }: StoreOutcome): void {
  switch (outcome) {
    case "stored":
    case "repeated":
      return;
    case "exists":
      throw resourceExists(operation, modelNameOf(type as ResourceType), arn);
    case "over-quota":
      throw quotaExceeded(`resources of the kind '${kind}'`, quota ?? 0);
    case "mismatch":
      throw tokenMismatch(operation, token ?? "");
    case "busy":
      throw new Error("the name of a resource was waited for, and is busy");
  }
}
