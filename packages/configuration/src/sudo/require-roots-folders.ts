import type { Configuration } from "../configuration.js";
import { describeOrigin, type ConfiguredValue } from "../configured-value.js";
import { configurationError } from "../errors.js";
import { placeOfOthers } from "./place-of-others.js";

/** As `requireRootsFolder`, for the data and the state folder. */
export async function requireRootsFolders({ dataFolder, stateFolder }: Pick<Configuration, "dataFolder" | "stateFolder">): Promise<void> {
  await requireRootsFolder("data folder", dataFolder);
  await requireRootsFolder("state folder", stateFolder);
}

/** Throws `folder-of-others` if someone other than root could lead what root writes to a folder elsewhere. `setting` says what it is. */
export async function requireRootsFolder(setting: string, { value: path, origin }: ConfiguredValue<string>): Promise<void> {
  const place = await placeOfOthers(path);
  if (place !== undefined) throw configurationError("folder-of-others", { setting, path, origin: describeOrigin(origin), place });
}
