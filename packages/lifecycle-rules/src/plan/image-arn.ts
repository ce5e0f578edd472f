import { versionNumbers } from "../recipe-pattern.js";

// arn:aws:imagebuilder:us-west-2:123456789012:image/web/1.0.0/3

/** Up to the name: `…:image/web`. */
export function nameOfArn(arn: string): string {
  return arn.slice(0, nameEnd(arn));
}

/** The numbers of version and build. */
export function versionOfArn(arn: string): number[] {
  return versionNumbers(arn, nameEnd(arn) + 1);
}

function nameEnd(arn: string): number {
  return arn.indexOf("/", arn.indexOf("/") + 1);
}

export interface ImagePlace {
  /** What the ARNs of its images start with. */
  readonly prefix: string;
  readonly region: string;
  readonly accountId: string;
}

const places = new Map<string, ImagePlace>();
let last: ImagePlace = { prefix: "arn", region: "", accountId: "" };

/** The region and the account of an image: for one place always the same object. Nearly all images of a list are in one. */
export function placeOfArn(arn: string): ImagePlace {
  if (arn.startsWith(last.prefix) && last.prefix !== "arn") return last;
  const prefix = arn.slice(0, arn.indexOf(":image/") + 1);
  const [, , , region = "", accountId = ""] = prefix.split(":");
  const place = places.get(prefix) ?? { prefix, region, accountId };
  places.set(prefix, place);
  return (last = place);
}
