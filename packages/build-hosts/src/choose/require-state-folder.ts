import { describeCause } from "@imagewright/diagnostics";
import { makePrivateFolder } from "@imagewright/node-host";
import { buildHostError } from "../errors.js";
import { orDiskFull } from "../processes/or-disk-full.js";

/**
 * Makes the state folder, or takes one that is the user's: what is found there is believed, such as which programs run containers and what
 * is to be removed. Errors: path-refused, if others could have made it or can change it; state-folder-not-made, disk-full.
 */
export async function requireStateFolder(path: string): Promise<void> {
  await orDiskFull("make its state folder", () =>
    makePrivateFolder(path).catch((thrown: unknown) => {
      const { syscall, code } = thrown as NodeJS.ErrnoException;
      if (syscall === undefined || syscall === "uv_cwd" || code === "ENOSPC" || code === "EDQUOT") throw thrown;
      throw buildHostError("state-folder-not-made", { path, cause: describeCause(thrown) }, { cause: thrown });
    }),
  );
}
