import { nearest, quote } from "@imagewright/diagnostics";
import type { EnumValue, ImageStatus, Tags } from "@imagewright/imagebuilder-model";
import type { DataReport, Path } from "@imagewright/yaml-syntax";
import type { LifecycleAmi, LifecycleContainer, LifecycleImage } from "./image.js";
import { imageMembers, type ImageMembers } from "./image-members.js";
import { timeOfText } from "./read-date.js";

/** An image that fits its schema. */
interface CheckedImage {
  readonly arn: string;
  readonly dateCreated: string;
  readonly state?: { readonly status: ImageStatus };
  readonly type?: EnumValue<"ImageType">;
  readonly imageRecipe?: { readonly parentImage?: string };
  readonly containerRecipe?: { readonly parentImage?: string };
  readonly tags?: Tags;
  readonly usedBy?: readonly string[];
  readonly outputResources?: { readonly amis?: readonly CheckedAmi[]; readonly containers?: readonly CheckedContainer[] };
}

interface CheckedAmi {
  readonly image: string;
  readonly region: string;
  readonly accountId?: string;
  readonly state?: { readonly status: ImageStatus };
  readonly isPublic?: boolean;
  readonly lastLaunched?: string | null;
  readonly sharedAccounts?: readonly string[];
  readonly tags?: Tags;
  readonly usedBy?: readonly string[];
  readonly snapshots?: readonly { readonly snapshotId: string; readonly tags?: Tags }[];
}

interface CheckedContainer {
  readonly region: string;
  readonly imageUris?: readonly string[];
  readonly repositoryTags?: Tags;
}

/** Reads one image; undefined if something that rules need is missing or invalid. */
export function readImage(value: unknown, path: Path, report: DataReport): LifecycleImage | undefined {
  const { schema, known } = imageMembers();
  const respelled = respell(value, path, known, report);
  checkState(respelled, path, report);
  const image = report.check<CheckedImage>(schema, respelled, path);
  if (image === undefined) return undefined;
  const { arn, state, tags = {}, usedBy = [], outputResources: { amis = [], containers = [] } = {} } = image;
  const dateCreated = readDate(image.dateCreated, [...path, "dateCreated"], report);
  const recipe = image.containerRecipe ?? image.imageRecipe;
  const [, name = "", version = ""] = arn.split("/");
  const resources = {
    amis: amis.map((ami, index) => toAmi(ami, [...path, "outputResources", "amis", index], report)),
    containers: containers.map(toContainer),
  };
  if (state === undefined || dateCreated === undefined) return undefined;
  return {
    arn,
    type: image.type ?? (image.containerRecipe !== undefined || containers.length > 0 ? "DOCKER" : "AMI"),
    recipe: { name, version },
    status: state.status,
    dateCreated,
    tags,
    ...(recipe?.parentImage === undefined || recipe.parentImage === "" ? {} : { parentImage: recipe.parentImage }),
    usedBy,
    ...resources,
  };
}

function checkState(value: unknown, path: Path, report: DataReport): void {
  if (!isObject(value) || (value["state"] !== undefined && value["state"] !== null)) return;
  const help = "ListImages does not give the state; ListImageBuildVersions and GetImage do";
  report.error("missing-key", path, `${report.label(path)} must have "state"`, { help });
}

function readDate(text: string, path: Path, report: DataReport): number | undefined {
  const time = timeOfText(text);
  if (!Number.isNaN(time)) return time;
  const allowed = 'be a date such as "2027-01-31" or "2027-01-31T08:30:00Z"';
  report.error("invalid-date", path, `${report.label(path)} must ${allowed}; found ${quote(text)}`);
  return undefined;
}

function toAmi(ami: CheckedAmi, path: Path, report: DataReport): LifecycleAmi {
  const { image: id, region, accountId, state, isPublic, lastLaunched, sharedAccounts, tags, usedBy = [], snapshots = [] } = ami;
  const known = {
    accountId,
    status: state?.status,
    isPublic,
    lastLaunched: typeof lastLaunched === "string" ? readDate(lastLaunched, [...path, "lastLaunched"], report) : lastLaunched,
    sharedAccounts,
    tags,
  };
  return {
    id,
    region,
    ...definedOf(known),
    usedBy,
    snapshots: snapshots.map(({ snapshotId, tags }) => ({ id: snapshotId, ...definedOf({ tags }) })),
  };
}

function toContainer({ region, imageUris = [], repositoryTags }: CheckedContainer): LifecycleContainer {
  return { region, imageUris, ...definedOf({ repositoryTags }) };
}

type Known<Members> = { [Name in keyof Members]?: Exclude<Members[Name], undefined> };

/** Leaves out the members that are not known. */
function definedOf<Members extends object>(members: Members): Known<Members> {
  const known: Record<string, unknown> = {};
  for (const name in members) if (members[name] !== undefined) known[name] = members[name];
  return known as Known<Members>;
}

/** What the members of an image, an AMI and a container must not be without. */
const NEEDED = { image: ["arn", "dateCreated", "state"], ami: ["image", "region"], container: ["region"] };

/** Reports members that look like misspelled ones; others may be newer than the model. Those that are needed get their right names. */
function respell(image: unknown, path: Path, known: ImageMembers["known"], report: DataReport): unknown {
  if (!isObject(image)) return image;
  const whole = respellMembers(image, path, known.image, NEEDED.image, report);
  const output = whole["outputResources"];
  if (!isObject(output)) return whole;
  const lists = (["ami", "container"] as const).flatMap((kind) => {
    const list = `${kind}s`;
    const items: unknown = output[list];
    if (!Array.isArray(items)) return [];
    const at = (index: number) => [...path, "outputResources", list, index];
    const changed = items.map((item: unknown, index) =>
      isObject(item) ? respellMembers(item, at(index), known[kind], NEEDED[kind], report) : item,
    );
    return changed.some((item, index) => item !== items[index]) ? [[list, changed] as const] : [];
  });
  return lists.length === 0 ? whole : { ...whole, outputResources: { ...output, ...Object.fromEntries(lists) } };
}

type Members = Readonly<Record<string, unknown>>;

function respellMembers(value: Members, path: Path, known: ReadonlySet<string>, needed: readonly string[], report: DataReport): Members {
  let respelled = value;
  for (const name in value) {
    const meant = known.has(name) ? undefined : nearest(name, known);
    if (meant === undefined) continue;
    const message = `unknown key ${quote(name)} of ${report.label(path)} is not read; did you mean ${quote(meant)}?`;
    const isNeeded = needed.includes(meant) && !Object.hasOwn(value, meant);
    report[isNeeded ? "error" : "warning"]("unknown-key", [...path, name], message, { part: "name" });
    if (isNeeded) respelled = { ...respelled, [meant]: value[name] };
  }
  return respelled;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
