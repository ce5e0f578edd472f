import { readArn } from "@imagewright/imagebuilder-model";
import { isReadable, originOf } from "../executions/image-detail.js";
import { findByArn, type FindContext } from "../resources/find-resource.js";

/** An image is made from another one at most so many times. */
const MOST_PARENTS = 20;

/** The suites that Debian's images in registries name by their numbers. */
const SUITES: Readonly<Record<string, string>> = { "11": "bullseye", "12": "bookworm", "13": "trixie", latest: "stable" };

/**
 * The suite of Debian whose packages the base image of a recipe has: `mmdebstrap:bookworm`, `debian:12`, or an image that was made from
 * such a one. Undefined if it cannot be told.
 */
export async function debianSuiteOf(context: FindContext, parentImage: string | undefined): Promise<string | undefined> {
  let parent = parentImage;
  for (let step = 0; parent !== undefined && step < MOST_PARENTS; step += 1) {
    const suite = suiteIn(parent);
    if (suite !== undefined) return suite;
    const { value: arn } = readArn(parent, { types: ["image"] });
    const image = arn && (await findByArn(context, arn, { withStatus: ["AVAILABLE"] }));
    const { sourceImage, imageRecipe, containerRecipe } = image === undefined || !isReadable(image) ? {} : originOf(image);
    parent = sourceImage ?? imageRecipe?.parentImage ?? containerRecipe?.parentImage;
  }
  return undefined;
}

function suiteIn(parent: string): string | undefined {
  const [, made] = /^mmdebstrap:([a-z]+)(?:\/[a-z]+)?$/.exec(parent) ?? [];
  if (made !== undefined) return made;
  const [, tag] = /^(?:docker\.io\/)?(?:library\/)?debian(?::([a-z0-9.]+)(?:-[a-z0-9.-]+)?)?$/.exec(parent) ?? [];
  if (tag === undefined) return /^(?:docker\.io\/)?(?:library\/)?debian$/.test(parent) ? SUITES["latest"] : undefined;
  return SUITES[tag] ?? SUITES[tag.split(".")[0] ?? ""] ?? (/^[a-z]+$/.test(tag) ? tag : undefined);
}
