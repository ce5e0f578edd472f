import { uploadLogFolder, type AwsSettings } from "@imagewright/aws";
import type { SavedSettings } from "./saved-settings.js";

/** Uploads the log folder of a run, if its settings say where to. */
export async function uploadLogs({ logUpload }: SavedSettings, folder: string, aws: AwsSettings): Promise<void> {
  if (logUpload === undefined) return;
  const { bucketOwner, ...place } = logUpload;
  await uploadLogFolder({ folder, aws, ...place, ...(bucketOwner === undefined ? {} : { bucketOwner }) });
}
