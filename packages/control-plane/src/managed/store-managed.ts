import { requestOf, type NewResource } from "../resources/store-resource.js";
import { storeRows, type StoreRequest } from "../resources/store-rows.js";
import type { ManagedContext } from "./managed-context.js";

/**
 * Stores resources in a Region whose content no build of their version has, in one statement, and returns the ARNs of their builds. Servers
 * that start at once store each content once: they wait for each other's names, in one order. A server of an earlier release, whose content
 * is that of an earlier build, stores nothing.
 */
export async function storeManaged(context: ManagedContext, resources: readonly NewResource[]): Promise<readonly string[]> {
  const stored = await storedContents(context);
  const missing = resources
    .map((resource) => requestOf(context, resource).request)
    .filter((request) => !stored.has(contentOf(request)))
    .sort((one, other) => (one.arn < other.arn ? -1 : 1));
  if (missing.length === 0) return [];
  const outcomes = await storeRows(context.database, missing, { mayWait: true });
  return outcomes.flatMap(({ outcome, arn }) => (outcome === "stored" ? [arn] : []));
}

/** What decides whether a version has a content, as one text. */
function contentOf({ type, slug, major, minor, patch, digest }: Omit<Content, "digest"> & { digest?: string | null | undefined }): string {
  return [type, slug, major, minor, patch, digest ?? ""].join("/");
}

type Content = Pick<StoreRequest, "type" | "slug" | "major" | "minor" | "patch" | "digest">;

async function storedContents({ database, caller }: ManagedContext): Promise<ReadonlySet<string>> {
  const rows = await database
    .selectFrom("resource")
    .select(["type", "slug", "major", "minor", "patch", "digest"])
    .where("region", "=", caller.region)
    .where("owner", "=", caller.account)
    .execute();
  return new Set(rows.map(contentOf));
}
