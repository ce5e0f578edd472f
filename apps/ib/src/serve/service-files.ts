import { chmodSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describeCause } from "@imagewright/diagnostics";
import { makeFolders, makePrivateFolder } from "@imagewright/node-host";
import { ibError } from "../errors.js";

/** Where the files of the service are, below the data folder. Only its user can read them. */
export interface ServiceFiles {
  readonly folder: string;
  /** What runs: see `ServerRecord`. */
  readonly record: string;
  /** By a lease in it one server at a time serves a data folder. */
  readonly leases: string;
  /** A line of JSON for each request. */
  readonly requestLog: string;
  /** The files with the root key that `--env-file` has made. */
  readonly envRecord: string;
  /** The secret that signs webhooks, unless another file is named. */
  readonly webhookSecret: string;
}

export function serviceFiles(dataFolder: string): ServiceFiles {
  const folder = join(dataFolder, "server");
  return {
    folder,
    record: join(folder, "running.json"),
    leases: join(folder, "leases"),
    requestLog: join(folder, "requests.jsonl"),
    envRecord: join(folder, "env-file.json"),
    webhookSecret: join(folder, "webhook-secret"),
  };
}

/** The file with the root access key of an account, in the form of the SDKs' credentials files. */
export function credentialsFile({ folder }: ServiceFiles, account: string): string {
  return join(folder, `credentials-${account}`);
}

/** Makes the folder of these files, or takes one that is the user's. Errors: node-host/path-refused, data-folder-not-usable. */
export async function openServiceFiles(dataFolder: string, isRoot = process.geteuid?.() === 0): Promise<ServiceFiles> {
  const files = serviceFiles(dataFolder);
  try {
    if (isRoot) await makeEnterable(dataFolder);
    await makePrivateFolder(files.folder);
  } catch (thrown) {
    throw explain(dataFolder, thrown);
  }
  return files;
}

/** Runs what makes files in the data folder. Errors: data-folder-not-usable, for what the system refuses. */
export function usingFolder<Result>(dataFolder: string, body: () => Result): Result {
  try {
    return body();
  } catch (thrown) {
    throw explain(dataFolder, thrown);
  }
}

function explain(dataFolder: string, thrown: unknown): unknown {
  const { syscall } = thrown as NodeJS.ErrnoException;
  if (syscall === undefined || syscall === "uv_cwd") return thrown;
  return ibError("data-folder-not-usable", { path: dataFolder, cause: describeCause(thrown) }, { cause: thrown });
}

/**
 * Root's database runs as another user, who has to come through the data folder. A new or empty one has nothing to hide; what is made in it
 * is private itself.
 */
async function makeEnterable(dataFolder: string): Promise<void> {
  const isNew = !existsSync(dataFolder);
  if (isNew) await makeFolders(join(dataFolder, ".."), 0o711);
  if (isNew) mkdirSync(dataFolder);
  if (readdirSync(dataFolder).length === 0) chmodSync(dataFolder, 0o711);
}
