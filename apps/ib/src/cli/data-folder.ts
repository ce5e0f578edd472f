import { homedir } from "node:os";
import { join } from "node:path";
import { ImageStore } from "@imagewright/image-build";

/** Where images, logs and the records of running containers are kept: IMAGEWRIGHT_HOME, or the user's own data folder. */
export function dataFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const own = environment["IMAGEWRIGHT_HOME"];
  if (own !== undefined && own !== "") return own;
  const shared = environment["XDG_DATA_HOME"];
  return join(shared !== undefined && shared !== "" ? shared : join(homedir(), ".local", "share"), "imagewright");
}

export function imageStore(): ImageStore {
  return new ImageStore(dataFolder());
}

/** Where build hosts note what they start. */
export function stateFolder(): string {
  return join(dataFolder(), "state");
}
