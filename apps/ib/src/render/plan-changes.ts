import { createHash } from "node:crypto";
import type { FileChange, FileFacts } from "@imagewright/files-overlay";
import { count, quoteInFull, safe, type SafeText, type Styles } from "@imagewright/diagnostics";
import { nameText, shortenLines, shortenText } from "./plan-texts.js";

const MOST_LINES = 5;
const LONGEST_IN_LINE = 100;

/** One change: a line with the path and what happens, and below it a new content that is too long for that line. */
export function changeLines({ path, kind, before, after, otherNames }: FileChange, styles: Styles): SafeText[] {
  const shown = pathText(path);
  if (kind === "created" && after !== undefined) return [styles.green(`+ ${shown} ${describe(after)}`), ...contentLines(after, styles)];
  if (kind === "deleted" && before !== undefined) return [styles.red(`- ${shown} ${describe(before)}`)];
  if (before === undefined || after === undefined) return [];
  const others = otherNames === undefined ? "" : `, also under ${count(otherNames, "other name")} of this file`;
  const content = contentKey(before) === contentKey(after) ? [] : contentLines(after, styles);
  return [styles.yellow(`~ ${shown} ${differences(before, after).join(", ")}${others}`), ...content];
}

function pathText(path: string | Buffer): string {
  return typeof path === "string" ? nameText(path) : quoteInFull(path.toString("latin1"));
}

function describe(facts: FileFacts): string {
  const { type, mode, uid, gid, size, target } = facts;
  if (type === "link") return `link to ${nameText(String(target))}`;
  const owner = `${octal(mode)} ${uid}:${gid}`;
  return type === "file" ? `file ${owner} ${sizeOf(size)}${contentOf(facts)}` : `${type} ${owner}`;
}

function differences(before: FileFacts, after: FileFacts): string[] {
  const pairs: [string, string, string][] = [
    ["", before.type, after.type],
    ["permissions ", octal(before.mode), octal(after.mode)],
    ["owner ", `${before.uid}:${before.gid}`, `${after.uid}:${after.gid}`],
    ["leads to ", linkText(before), linkText(after)],
    ["", contentKey(before), contentKey(after)],
  ];
  return pairs.filter(([, old, now]) => old !== now).map(([what, old, now]) => `${what}${old} → ${now}`);
}

function linkText({ target }: FileFacts): string {
  return target === undefined ? "" : nameText(String(target));
}

/** Size and content, or the hash of a longer one: two contents of one size are not the same. */
function contentKey(facts: FileFacts): string {
  const { size, content, sha256 = content === undefined ? undefined : createHash("sha256").update(content).digest("hex") } = facts;
  const inLine = contentOf(facts);
  return `${sizeOf(size)}${inLine !== "" || size === 0 || sha256 === undefined ? inLine : ` sha256 ${sha256.slice(0, 12)}…`}`;
}

function sizeOf(size: number | undefined): string {
  return size === undefined ? "" : count(size, "byte");
}

/** The content of a short text file, in quotes; empty for any other. */
function contentOf(facts: FileFacts): string {
  const text = textOf(facts);
  return text === "" || text.length > LONGEST_IN_LINE ? "" : ` ${quoteInFull(text)}`;
}

/** The first lines of a longer text file. */
function contentLines(facts: FileFacts, styles: Styles): SafeText[] {
  const text = textOf(facts);
  if (text.length <= LONGEST_IN_LINE) return [];
  return shortenLines(text.replace(/\n$/, "").split("\n"), "line", MOST_LINES).map(
    (line) => safe`  ${styles.dim("|")} ${shortenText(line)}`,
  );
}

/** Empty if it is not known or not UTF-8. */
function textOf({ content }: FileFacts): string {
  const text = content?.toString("utf8") ?? "";
  return content === undefined || !Buffer.from(text).equals(content) ? "" : text;
}

function octal(mode: number | undefined): string {
  return mode === undefined ? "" : mode.toString(8).padStart(4, "0");
}
