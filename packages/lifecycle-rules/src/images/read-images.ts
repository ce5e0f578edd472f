import { Cursor, DiagnosticCollector, openJson, type Diagnostic, type JsonSource } from "@imagewright/diagnostics";
import type { ReadOptions } from "../policy/read-policy.js";
import type { LifecycleImage } from "./image.js";
import { readImage } from "./read-image.js";

export interface ImagesReading {
  /** Missing where a diagnostic is an error. */
  readonly images?: readonly LifecycleImage[];
  readonly diagnostics: readonly Diagnostic[];
}

// the lists of ListImageBuildVersions and ListImages, and a plain name for one's own
const LISTS = ["images", "imageSummaryList", "imageVersionList"];
// a file made wrongly is wrong in every image
const [MOST_ERRORS, MOST_WARNINGS] = [100, 100];

/**
 * Reads a list of images as the API has them, each an `Image` of GetImage (also with `{"image": ...}` around it) or an `ImageSummary`
 * of ListImageBuildVersions; the list alone or as `images`, `imageSummaryList` or `imageVersionList` of an object. Rules know more where
 * images have `usedBy`, and AMIs `isPublic`, `lastLaunched`, `sharedAccounts`, `tags`, `usedBy` and `snapshots` (see the README).
 * Faults are in the diagnostics, each with its place in the text; reading ends after 100 errors, and no more than 100 warnings are told. It throws nothing.
 */
export function readImages(source: JsonSource, { name = "images.json" }: ReadOptions = {}): ImagesReading {
  const found = new DiagnosticCollector();
  // the list may be of a million images: to look for repeated members would take longer than to read it
  const input = openJson(source, name, found, { strict: false });
  if (input === undefined) return { diagnostics: found.diagnostics };
  const whole = new Cursor({ input, found, name: "the list of images", mostWarnings: MOST_WARNINGS }, input.value);
  const images = readAll(listOf(whole), found);
  return { ...(found.hasErrors ? {} : { images }), diagnostics: found.diagnostics };
}

function listOf(whole: Cursor): Cursor[] {
  if (Array.isArray(whole.value)) return whole.items();
  const list = LISTS.map((name) => whole.member(name)).find((member) => !member.isAbsent);
  if (list !== undefined) return list.items();
  if (!whole.member("image").isAbsent) return [whole];
  whole.must("wrong-type", 'be a list, or an object with "images", "imageSummaryList", "imageVersionList" or "image"');
  return [];
}

function readAll(items: readonly Cursor[], found: DiagnosticCollector): LifecycleImage[] {
  const images: LifecycleImage[] = [];
  const places = new Map<string, Cursor>();
  for (const item of items) {
    const answer = item.member("image");
    const cursor = answer.isAbsent ? item : answer;
    const image = readImage(cursor);
    if (image !== undefined) images.push(image);
    const first = image === undefined ? undefined : places.get(image.arn);
    if (first !== undefined)
      cursor
        .member("arn")
        .fault("repeated-image", "this image is in the list twice", { related: first.member("arn").related("the first time") });
    else if (image !== undefined) places.set(image.arn, cursor);
    if (found.counts.error >= MOST_ERRORS) {
      item.fault("too-many-faults", `the list has ${MOST_ERRORS} errors up to here; the rest of it is not read`);
      break;
    }
  }
  return images;
}
