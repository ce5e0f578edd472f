import type { Diagnostic } from "@imagewright/diagnostics";
import { readAs } from "@imagewright/resource-files";
import { DataReport, shownValue, type DataInput, type DataSource, type Path } from "@imagewright/yaml-syntax";
import type { ReadOptions } from "../policy/read-policy.js";
import type { LifecycleImage } from "./image.js";
import { readImage } from "./read-image.js";

export interface ImagesReading {
  /** Missing if a diagnostic is an error. */
  readonly images?: readonly LifecycleImage[];
  readonly diagnostics: readonly Diagnostic[];
}

const WHAT = "the list of images";
// `images` is for lists that users write themselves; the others are those of ListImageBuildVersions and ListImages
const LISTS = ["images", "imageSummaryList", "imageVersionList"];
// in a file generated wrongly, every image has the same fault
const [MOST_ERRORS, MOST_WARNINGS] = [100, 100];

/**
 * Reads a list of images in the form of the API, each an `Image` of GetImage (also with `{"image": ...}` around it) or an `ImageSummary` of
 * ListImageBuildVersions; the list alone or as `images`, `imageSummaryList` or `imageVersionList` of an object; as JSON, YAML or a value.
 * Optional members of our own give rules more to decide by: `usedBy` of images; `isPublic`, `lastLaunched`, `sharedAccounts`, `tags`,
 * `usedBy` and `snapshots` of AMIs (see the README). Faults are diagnostics with their places in the text; reading stops after 100 errors,
 * and at most 100 warnings are reported. Throws nothing.
 */
export function readImages(source: DataSource, { name = "images.json" }: ReadOptions = {}): ImagesReading {
  const { reading: images, diagnostics } = readAs(
    source,
    "image-list",
    (input, found) => {
      const report = new DataReport(input, found, { what: WHAT, mostWarnings: MOST_WARNINGS });
      const read = readAll(listOf(input, report), report);
      return found.hasErrors ? undefined : read;
    },
    { name },
  );
  return { ...(images === undefined ? {} : { images }), diagnostics };
}

interface Items {
  readonly items: readonly unknown[];
  readonly path: Path;
}

function listOf({ value }: DataInput, report: DataReport): Items {
  if (Array.isArray(value)) return { items: value, path: [] };
  const list = LISTS.find((name) => memberOf(value, name) !== undefined);
  if (list !== undefined) return { items: report.check<unknown[]>(ANY_LIST, memberOf(value, list), [list]) ?? [], path: [list] };
  if (memberOf(value, "image") !== undefined) return { items: [memberOf(value, "image")], path: ["image"] };
  const allowed = 'be a list, or an object with "images", "imageSummaryList", "imageVersionList" or "image"';
  report.error("wrong-type", [], `${WHAT} must ${allowed}; found ${shownValue(value)}`);
  return { items: [], path: [] };
}

const ANY_LIST = { type: "array" };

function readAll({ items, path }: Items, report: DataReport): LifecycleImage[] {
  const images: LifecycleImage[] = [];
  const places = new Map<string, Path>();
  for (const [position, item] of items.entries()) {
    const around: Path = path[0] === "image" ? path : [...path, position];
    const response = memberOf(item, "image");
    const at: Path = response === undefined ? around : [...around, "image"];
    const image = readImage(response ?? item, at, report);
    const first = image === undefined ? undefined : places.get(image.arn);
    if (image !== undefined) images.push(image);
    if (first !== undefined) {
      const related = report.related([...first, "arn"], "the first time");
      report.error("repeated-image", [...at, "arn"], "this image is in the list twice", { related });
    } else if (image !== undefined) places.set(image.arn, at);
    if (report.found.counts.error >= MOST_ERRORS) {
      report.error("too-many-faults", around, `the list has ${MOST_ERRORS} errors up to here; the rest of it is not read`);
      break;
    }
  }
  return images;
}

/** A member that is present and not null. */
function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name] ?? undefined;
}
