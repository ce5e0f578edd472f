import type { BaseImage } from "@imagewright/catalogue";
import { slugOf } from "@imagewright/imagebuilder-model";
import type { ImageDetail, ImageOrigin } from "../executions/image-detail.js";
import { digestOfData } from "../input/canonical-json.js";
import type { VersionNumbers } from "../resources/resource-name.js";
import type { ManagedContext } from "./managed-context.js";
import { storeManaged } from "./store-managed.js";

type ReleaseVersion = VersionNumbers & { readonly text: string };

/** Stores a base image in a Region under the date of its release, unless a newer one is stored, and returns the ARN. */
export async function addRelease(context: ManagedContext, image: BaseImage, released: Date): Promise<readonly string[]> {
  const version = versionOf(released);
  const newest = await newestRelease(context, image);
  if (newest !== undefined && newest > version.text) return [];
  const { name, platform, osVersion, parentImage } = image;
  const detail: ImageDetail = { type: "AMI", platform, osVersion, imageSource: "AMAZON_MANAGED" };
  const origin: ImageOrigin = { sourceImage: parentImage };
  const resource = {
    ...({
      type: "image",
      name,
      version: { ...version, build: "next" },
      status: "AVAILABLE",
      detail,
      document: JSON.stringify(origin),
    } as const),
    digest: digestOfData({ ...detail, ...origin }),
  };
  return storeManaged(context, [resource]);
}

/** The newest version of a base image in a Region; versions are dates of one length, so their order is that of their texts. */
export async function newestRelease({ database, caller }: ManagedContext, { name }: BaseImage): Promise<string | undefined> {
  const row = await database
    .selectFrom("resource")
    .select("version")
    .where("region", "=", caller.region)
    .where("owner", "=", caller.account)
    .where("kind", "=", "image")
    .where("slug", "=", slugOf(name))
    .where("newest_version", "=", true)
    .executeTakeFirst();
  return row?.version;
}

/** A date as a version: `2026.09.05`, in the time zone of mirrors. Source of the form: guide chapter 49. */
function versionOf(released: Date): ReleaseVersion {
  const [major, minor, patch] = [released.getUTCFullYear(), released.getUTCMonth() + 1, released.getUTCDate()];
  return { major, minor, patch, text: released.toISOString().slice(0, 10).replaceAll("-", ".") };
}
