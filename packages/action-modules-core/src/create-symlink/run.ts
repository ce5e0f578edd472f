import type { Stats } from "node:fs";
import type { ActionContext, ActionResult, FileSystem } from "@imagewright/action-contract";
import { actionError } from "../errors.js";
import { attempt } from "../files/attempt.js";
import { readLink } from "../files/copy-link.js";
import { ensureFolder } from "../files/ensure-folder.js";
import { ownFactsIfPresent } from "../files/file-facts.js";
import { identityOf, ownIdentityOf } from "../files/file-identity.js";
import { putInPlace } from "../files/put-in-place.js";
import { parentFolder, resolvePath } from "../files/resolve-path.js";
import { quotePath, type FilePath } from "../files/show-path.js";
import { findTarget } from "./find-target.js";

interface CreateSymlinkInput {
  readonly path: string;
  readonly target: string;
  readonly force?: boolean | undefined;
}

const OPERATION = "create link";

/** Makes the link, or atomically replaces an existing one. It is one line in the console log. */
export async function createSymlink(input: CreateSymlinkInput, context: ActionContext): Promise<ActionResult> {
  const { host, log } = context;
  const path = resolvePath(input.path, context);
  const taken = await ownFactsIfPresent(host.files, OPERATION, path);
  if (taken !== undefined) refuseTaken(taken, path, input.force ?? false);
  await checkTarget(path, input.target, context);
  if (taken !== undefined && (await readLink(host.files, path)).equals(Buffer.from(input.target)))
    return { status: "succeeded", changed: false };
  await ensureFolder(host.files, parentFolder(path, host.platform));
  const make = (at: FilePath) => attempt(OPERATION, path, () => host.files.symlink(input.target, at));
  await (taken === undefined ? make(path) : putInPlace({ host, operation: OPERATION, path, make }));
  log(`created the link ${quotePath(path)} to ${quotePath(input.target)}`);
  return { status: "succeeded", changed: true };
}

function refuseTaken(facts: Stats, path: string, force: boolean): void {
  if (facts.isSymbolicLink() && !force) throw actionError("link-exists", { path });
  if (facts.isSymbolicLink()) return;
  const found = facts.isDirectory() ? "a folder" : facts.isFile() ? "a file" : "not a regular file";
  throw actionError("not-a-file", { operation: OPERATION, path, found, hint: '"force" replaces links only' });
}

async function checkTarget(path: string, target: string, { host }: ActionContext): Promise<void> {
  const found = await findTarget(path, target, host);
  if ((await identityOf(OPERATION, found, host.files)) === undefined) throw actionError("no-link-target", { path, target });
  if (await isItself(path, found, host.files)) throw actionError("link-to-itself", { path });
}

/** Only an existing link can be the target of the new one. */
async function isItself(path: string, target: string, files: FileSystem): Promise<boolean> {
  const identity = await ownIdentityOf(OPERATION, path, files);
  return identity !== undefined && identity === (await ownIdentityOf(OPERATION, target, files));
}
