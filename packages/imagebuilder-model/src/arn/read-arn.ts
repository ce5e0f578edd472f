import { DiagnosticCollector, listOf, quote, unknownName, type Span } from "@imagewright/diagnostics";
import { readPattern, spanOf, textOf, within, type Reading, type Text, type VersionPattern } from "@imagewright/semver-resolver";
import { modelError } from "../errors.js";
import { levelOf, versionlessText, type ArnLevel, type ArnParts, type ResourceArn } from "./arn.js";
import { checkPlace } from "./check-place.js";
import { checkName } from "./check-name.js";
import { isResourceType, RESOURCE_TYPES, rulesOf, type ResourceType } from "./resource-types.js";

/** What ARNs are allowed. */
export interface ArnOptions {
  /** The types allowed here; all by default. */
  readonly types?: readonly ResourceType[];
  /** The levels allowed here; all that the type has by default. */
  readonly levels?: readonly ArnLevel[];
}

const FORM = "arn:<partition>:imagebuilder:<region>:<owner>:<type>/<name>[/<version>[/<build>]]";
const ALL_TYPES = Object.keys(RESOURCE_TYPES).filter(isResourceType);
const LEVELS = { versionless: "no version", selection: "a choice of versions", version: "a version", build: "a build" } as const;

/**
 * Reads the ARN of an Image Builder resource, of any type and level. Returns its parts, or all faults with their places (codes `arn-…`,
 * and `version-…` in its version). Source: API model, the patterns of the shapes `…Arn`; guide chapters 01 and 49.
 */
export function readArn(text: Text, { types, levels }: ArnOptions = {}): Reading<ResourceArn> {
  const span = spanOf(text, "arn");
  const found = new DiagnosticCollector();
  const sections = sectionsOf(span, found);
  const resource = sections === undefined ? undefined : readResource(sections.resource, types ?? ALL_TYPES, found);
  if (sections !== undefined) checkPlace(sections, resource?.type, found);
  if (resource !== undefined && levels !== undefined && !levels.includes(levelOf(resource.pattern)))
    reportLevel(resource, levels, span, found);
  if (sections === undefined || resource === undefined || found.hasErrors) return { value: undefined, diagnostics: found.diagnostics };
  const { partition, region, owner } = sections;
  const parts = { partition: textOf(partition), region: textOf(region), owner: textOf(owner), ...resource };
  return { value: { ...parts, level: levelOf(resource.pattern), text: textOf(span) }, diagnostics: [] };
}

/** Like `readArn`, for texts known to be valid. Throws `invalid-arn`. */
export function parseArn(text: string, options: ArnOptions = {}): ResourceArn {
  const { value, diagnostics } = readArn(text, options);
  if (value === undefined) throw modelError("invalid-arn", { text, diagnostics });
  return value;
}

/** The ARN of a resource at a level: with a version, a build or a pattern, or without any. Throws `invalid-arn`. */
export function makeArn(parts: ArnParts, version?: { readonly text: string }): ResourceArn {
  return parseArn(`${versionlessText(parts)}${version === undefined ? "" : `/${version.text}`}`);
}

/** Splits at the five colons and checks the two fixed words. */
function sectionsOf(span: Span, found: DiagnosticCollector) {
  const text = textOf(span);
  const parts = text.split(":");
  const [arn = "", partition = "", service = "", region = "", owner = "", resource = ""] = parts;
  if (parts.length !== 6) {
    found.error("arn-parts", span, `${quote(text)} is not an ARN of six parts with colons between; allowed: ${FORM}`);
    return undefined;
  }
  let start = 0;
  const next = (part: string): Span => within(span, start, (start += part.length + 1) - 1);
  const spans = {
    arn: next(arn),
    partition: next(partition),
    service: next(service),
    region: next(region),
    owner: next(owner),
    resource: next(resource),
  };
  if (arn !== "arn") found.error("arn-prefix", spans.arn, `the ARN begins with ${quote(arn)}; allowed: "arn"`);
  if (service === "imagebuilder") return spans;
  found.error("arn-service", spans.service, `the ARN is of the service ${quote(service)}; allowed: "imagebuilder"`);
  return undefined; // ARNs of other services have another form
}

interface Resource {
  readonly type: ResourceType;
  readonly name: string;
  readonly pattern?: VersionPattern;
}

/** Reads `<type>/<name>[/<version>[/<build>]]`; the types of workflows contain a slash. */
function readResource(span: Span, types: readonly ResourceType[], found: DiagnosticCollector): Resource | undefined {
  const text = textOf(span);
  const type = /^workflow\/[^/]*/.exec(text)?.[0] ?? text.split("/", 1)[0] ?? "";
  if (!isResourceType(type) || !types.includes(type)) {
    const other = isResourceType(type) ? `the ARN is of ${rulesOf(type).described}; allowed here: ${listOf(types)}` : undefined;
    found.error("arn-type", within(span, 0, type.length), other ?? unknownName("resource type", type, types));
    return undefined;
  }
  const name = text.slice(type.length + 1).split("/", 1)[0] ?? "";
  const start = Math.min(type.length + 1, text.length);
  checkName(within(span, start, start + name.length), type, found);
  const versionStart = type.length + name.length + 2;
  if (versionStart > text.length) return { type, name };
  // a slash is missing or there is one too many, so what follows is not the version
  if (name === "" || name.includes(".")) return undefined;
  const pattern = readVersionPart(within(span, versionStart, text.length), type, found);
  return pattern === undefined ? undefined : { type, name, pattern };
}

function readVersionPart(span: Span, type: ResourceType, found: DiagnosticCollector): VersionPattern | undefined {
  const { described, depth } = rulesOf(type);
  const slash = { ...span, start: span.start - 1 };
  if (depth === "none") {
    found.error("arn-version", slash, `${described} has no versions; allowed: nothing after its name`);
    return undefined;
  }
  const { value, diagnostics } = readPattern(span);
  found.add(diagnostics);
  const build = textOf(span).indexOf("/");
  if (value === undefined || build === -1) return value;
  const place = { ...span, start: span.start + build };
  if (depth === "version") found.error("arn-build", place, `${described} has no builds; allowed: nothing after its version`);
  else if (value.text.endsWith("/x"))
    found.error("arn-build", place, "the build of an ARN cannot be a wildcard; allowed: a build number, or no build for the newest");
  return value;
}

function reportLevel({ type, pattern }: Resource, levels: readonly ArnLevel[], span: Span, found: DiagnosticCollector): void {
  const named = LEVELS[levelOf(pattern)];
  const allowed = levels.map((level) => LEVELS[level]).join(" or ");
  found.error("arn-level", span, `the ARN of ${rulesOf(type).described} names ${named}; allowed here: one that names ${allowed}`);
}
