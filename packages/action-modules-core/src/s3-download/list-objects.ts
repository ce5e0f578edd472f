import type { S3Client } from "@aws-sdk/client-s3";

export interface ListedObject {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
}

interface Listing {
  readonly bucket: string;
  readonly prefix: string;
  readonly bucketOwner: string | undefined;
}

/** The objects whose keys begin with a prefix, in the order of their keys, page by page. */
export async function* listObjects(
  client: S3Client,
  { bucket, prefix, bucketOwner }: Listing,
  signal: AbortSignal,
): AsyncGenerator<ListedObject> {
  const { ListObjectsV2Command } = await import("@aws-sdk/client-s3");
  let token: string | undefined;
  do {
    // escaped, because a key may contain characters that XML does not allow
    const input = {
      Bucket: bucket,
      Prefix: prefix,
      ExpectedBucketOwner: bucketOwner,
      EncodingType: "url" as const,
      ContinuationToken: token,
    };
    const page = await client.send(new ListObjectsV2Command(input), { abortSignal: signal });
    for (const { Key = "", Size = 0 } of page.Contents ?? [])
      yield { key: page.EncodingType === "url" ? undoEscapes(Key) : Key, size: Size };
    token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
}

function undoEscapes(key: string): string {
  return decodeURIComponent(key.replaceAll("+", " "));
}
