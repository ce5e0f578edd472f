import { join, resolve } from "node:path";
import { isUnderSudo, placeOfOthers, requireRootsFolder, requireRootsFolders, type Configuration } from "@imagewright/configuration";
import { checkPrivateFolder, hostError, makeFolders, makeNewFolder } from "@imagewright/node-host";
import type { Say } from "../cli/terminal.js";
import { Recipient } from "../sudo/recipient.js";

/** Where the log folder of a run is made, and what happens to it at the end. */
export interface LogPlace {
  readonly directory: string;
  /** Hands the log folder of a run over under sudo, however the run has ended. Returns the path that the user is told. */
  deliver(logFolder: string): Promise<string>;
}

/**
 * The place of a run's logs: the folder that the user names, or one in the data folder. Under sudo, root writes only where no one else can
 * lead it elsewhere; into any other folder the logs are copied by a process of the user who called sudo. Errors: folder-of-others.
 */
export async function logPlace(named: string | undefined, configuration: Configuration, say: Say): Promise<LogPlace> {
  const directory = join(configuration.dataFolder.value, "logs");
  const here = (folder: string) => ({ directory: folder, deliver: (logFolder: string) => Promise.resolve(logFolder) });
  if (!isUnderSudo(process.env)) return here(named ?? directory);
  await requireRootsFolders(configuration);
  if (named !== undefined && (await placeOfOthers(named)) === undefined) return here(named);
  const recipient = await Recipient.find(process.env, say);
  if (recipient !== undefined) return { directory, deliver: (logFolder) => recipient.takeRun(logFolder, named) };
  if (named !== undefined) await requireRootsFolder("log folder", { value: named, origin: { kind: "flag", name: "--log-directory" } });
  return here(directory);
}

/**
 * Makes the folder of a run's logs. It must be new: in a folder that is shared, somebody else may have put a link in its place. Errors:
 * path-refused of node-host, if others could replace it.
 */
export async function makeLogFolder(directory: string, name: string): Promise<string> {
  const folder = resolve(directory, name);
  await makeFolders(directory);
  try {
    makeNewFolder(folder);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== "EEXIST") throw thrown;
    throw hostError("path-refused", { path: folder, reason: "something of this name is there already" }, { cause: thrown });
  }
  checkPrivateFolder(folder);
  return folder;
}
