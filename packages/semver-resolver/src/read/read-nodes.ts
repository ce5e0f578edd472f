import { quote, type DiagnosticCollector, type Span } from "@imagewright/diagnostics";
import { NODE_NAMES } from "../version.js";
import { NUMBERS, readNode, type Node } from "./read-node.js";
import { textOf, within } from "./text.js";

const FORM = "<major>.<minor>.<patch>";

/**
 * Splits `<major>.<minor>.<patch>[/<build>]` into its nodes. Collects every fault and returns undefined if there is one.
 * `allowed` describes the allowed values of a node in messages.
 */
export function readNodes(span: Span, allowed: string, found: DiagnosticCollector): Node[] | undefined {
  const text = textOf(span);
  if (text.trim() === "") {
    const message = text === "" ? "the version is empty" : "the version has only blanks";
    found.error(text === "" ? "version-empty" : "version-blank", span, `${message}; allowed: ${FORM}, optionally with /<build>`);
    return undefined;
  }
  const slash = text.indexOf("/");
  const numbers = slash === -1 ? span : within(span, 0, slash);
  const semantic = readSemantic(numbers, allowed, found);
  // a slash may stand in place of a dot
  const build = slash === -1 || !hasThreeParts(splitAtDots(numbers)) ? [] : readBuild(within(span, slash, text.length), found);
  return semantic === undefined || build === undefined ? undefined : [...semantic, ...build];
}

/** The three numbers before the slash. */
function readSemantic(span: Span, allowed: string, found: DiagnosticCollector): Node[] | undefined {
  if (span.start === span.end) {
    found.error("version-parts", within(span, 0, 1), `there is nothing before the slash; allowed: ${FORM}/<build>`);
    return undefined;
  }
  const parts = splitAtDots(span);
  const filled = parts.filter(({ start, end }) => start < end);
  // where the parts are not those that are meant, what is wrong with each of them follows
  if (!hasThreeParts(parts)) {
    if (filled.length < parts.length) reportDots(span, parts, found);
    else reportCount(span, parts, found);
    return undefined;
  }
  const nodes = parts.map((part, position) => readNode(NODE_NAMES[position] ?? "patch", part, allowed, found));
  const read = nodes.filter((node) => node !== undefined);
  return read.length === 3 ? read : undefined;
}

function hasThreeParts(parts: readonly Span[]): boolean {
  return parts.length === 3 && parts.every(({ start, end }) => start < end);
}

function splitAtDots(span: Span): Span[] {
  const parts: Span[] = [];
  let start = 0;
  for (const part of textOf(span).split(".", 5)) {
    parts.push(within(span, start, start + part.length));
    start += part.length + 1;
  }
  return parts;
}

/** A dot at either end or next to another makes an empty part; the message is about the dot. */
function reportDots(span: Span, parts: readonly Span[], found: DiagnosticCollector): void {
  const text = quote(textOf(span));
  const report = (start: number, fault: string, end = start + 1) =>
    found.error("version-dot", { ...span, start, end }, `${text} ${fault}; allowed: ${FORM}`);
  if (parts.every(({ start, end }) => start === end)) return report(span.start, "has only dots", span.end);
  for (const [position, { start, end }] of parts.entries()) {
    if (start < end) continue;
    if (position === 0) report(start, "begins with a dot");
    else if (end === span.end) report(start - 1, "ends with a dot");
    else report(start, "has two dots in a row");
    return;
  }
}

function reportCount(span: Span, parts: readonly Span[], found: DiagnosticCollector): void {
  const [text, fourth] = [textOf(span), parts[3]];
  if (fourth === undefined) {
    const missing = NODE_NAMES.slice(parts.length, 3).join(" and no ");
    found.error("version-parts", span, `${quote(text)} has no ${missing} number; allowed: ${FORM}`);
    return;
  }
  const meant = /^((?:[0-9]+\.){2}[0-9]+)\.([0-9]+)$/.exec(text);
  const help = meant === null ? {} : { help: `a build number follows a slash: ${quote(`${meant[1]}/${meant[2]}`)}` };
  found.error("version-parts", { ...span, start: fourth.start - 1 }, `${quote(text)} has more than three numbers; allowed: ${FORM}`, help);
}

/** The slash and what follows it. */
function readBuild(span: Span, found: DiagnosticCollector): Node[] | undefined {
  const build = textOf(span).slice(1);
  const second = build.indexOf("/");
  if (build === "") found.error("version-build", span, `there is no build number after the slash; allowed: ${NUMBERS}`);
  else if (second !== -1)
    found.error("version-build", within(span, second + 1, build.length + 1), `there is a second slash; allowed: ${FORM}/<build>`);
  else {
    const node = readNode("build", within(span, 1, build.length + 1), NUMBERS, found);
    return node === undefined ? undefined : [node];
  }
  return undefined;
}
