import type { OciImageRef } from "../port/refs.js";

/** An image as described by the engines, in either spelling. */
interface InspectedImage {
  readonly Id?: string;
  readonly FromImageID?: string;
  readonly Digest?: string;
  readonly FromImageDigest?: string;
  readonly RepoDigests?: readonly string[];
  readonly Os?: string;
  readonly Architecture?: string;
  readonly Created?: string;
  readonly OCIv1?: { readonly os?: string; readonly architecture?: string; readonly created?: string };
}

/** Parses the output of `inspect` for one image. */
export function readImageInfo(text: string, reference: string): OciImageRef {
  const value: unknown = JSON.parse(text);
  const image = (Array.isArray(value) ? value[0] : value) as InspectedImage;
  const id = withAlgorithm(image.Id ?? image.FromImageID ?? "");
  return {
    kind: "oci",
    reference,
    id,
    digest: image.Digest ?? image.FromImageDigest ?? image.RepoDigests?.[0]?.split("@")[1] ?? id,
    platform: `${image.Os ?? image.OCIv1?.os ?? "linux"}/${image.Architecture ?? image.OCIv1?.architecture ?? "unknown"}`,
    createdAt: image.Created ?? image.OCIv1?.created ?? "",
  };
}

function withAlgorithm(id: string): string {
  return id.includes(":") ? id : `sha256:${id}`;
}
