import type { Stats } from "node:fs";
import type { ActionContext, ActionResult, CutText, FileSystem } from "@imagewright/action-contract";
import { actionError } from "../errors.js";
import { attempt } from "../files/attempt.js";
import { fileErrorCode } from "../files/describe-file-error.js";
import { joinPath } from "../files/path-bytes.js";
import { resolvePath, withoutSeparatorAtEnd } from "../files/resolve-path.js";
import { quotePath } from "../files/show-path.js";
import { nameMatches } from "../files/wildcard.js";
import { TASKS_AT_ONCE, workThrough } from "../files/work-through.js";
import { LONGEST_CONTENT_BYTES } from "../read-file/run.js";

interface ListFilesInput {
  readonly path: string;
  readonly fileNamePattern?: string | undefined;
  readonly recursive?: boolean | undefined;
}

const OPERATION = "list files in";
const SEPARATOR = ",";

/** Lists regular files and links that lead to one. Files deleted in the meantime are not listed. */
export async function listFiles(input: ListFilesInput, context: ActionContext): Promise<ActionResult> {
  const { host, log } = context;
  const folder = withoutSeparatorAtEnd(resolvePath(input.path, context), host.platform).replace(/(?<=.)(\/\.)+$/, "");
  const facts = await attempt(OPERATION, folder, () => host.files.stat(folder));
  if (!facts.isDirectory()) throw actionError("not-a-folder", { operation: OPERATION, path: folder });
  const found = (await findFiles(folder, input, context)).sort(Buffer.compare);
  const garbled = found.filter((path) => !Buffer.from(path.toString()).equals(path));
  for (const path of garbled) log(`the name of ${quotePath(path)} is not UTF-8: in the output, each invalid byte is replaced by U+FFFD`);
  return { status: "succeeded", changed: false, outputs: { files: joined(found.map(String)) } };
}

async function findFiles(
  folder: string,
  { fileNamePattern, recursive }: ListFilesInput,
  { host, signal }: ActionContext,
): Promise<Buffer[]> {
  const { files, platform } = host;
  const found: Buffer[] = [];
  const work = async (path: Buffer): Promise<Buffer[]> => {
    const names = await attempt(OPERATION, path, () => files.readdir(path, { encoding: "buffer" }));
    const folders: Buffer[] = [];
    for (const name of names) {
      const facts = await lookAt(files, joinPath(path, name));
      if (facts === "folder" && recursive === true) folders.push(joinPath(path, name));
      if (facts === "file" && (fileNamePattern === undefined || nameMatches(fileNamePattern, name, platform)))
        found.push(joinPath(path, name));
    }
    return folders;
  };
  await workThrough({ first: Buffer.from(folder), limit: TASKS_AT_ONCE, signal, work });
  return found;
}

/** A link to a file counts as a file; a link to a folder is never followed, since links may form a cycle. */
async function lookAt(files: FileSystem, path: Buffer): Promise<"file" | "folder" | "other"> {
  const facts = await attempt(OPERATION, path, () => files.lstat(path).catch(unlessGone));
  if (facts?.isDirectory() === true) return "folder";
  // a link that cannot be followed is not a file
  const target = facts?.isSymbolicLink() === true ? await files.stat(path).catch(() => undefined) : facts;
  return target?.isFile() === true ? "file" : "other";
}

function unlessGone(thrown: unknown): Stats | undefined {
  if (fileErrorCode(thrown) === "ENOENT") return undefined;
  throw thrown;
}

/** The paths as one text; of a list that is too long for an output, the complete paths that fit. */
function joined(paths: readonly string[]): string | CutText {
  const text = paths.join(SEPARATOR);
  const totalBytes = Buffer.byteLength(text);
  if (totalBytes <= LONGEST_CONTENT_BYTES) return text;
  const kept = Buffer.from(text)
    .subarray(0, LONGEST_CONTENT_BYTES + 1)
    .toString();
  return { kept: `${kept.slice(0, kept.lastIndexOf(SEPARATOR) + SEPARATOR.length)}…`, totalBytes };
}
