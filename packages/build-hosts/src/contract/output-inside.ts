import { chooseBuildHost } from "../choose/choose-build-host.js";
import { newToken, readWhole } from "./finished-job.js";

/**
 * The output of a command in a container from an image. The state folder must be the look's own: whoever has another one removes what he
 * does not know.
 */
export async function outputInside(
  image: string,
  command: readonly string[],
  { engine, stateFolder }: { readonly engine?: string | undefined; readonly stateFolder: string },
): Promise<string> {
  const { host } = await chooseBuildHost({ preferred: engine, stateFolder });
  const machine = await host.launch({ kind: "container", image }, { owner: "look", token: newToken().slice(0, 8) });
  try {
    const { stdout } = await readWhole(host, await host.startJob(machine, { command }, "look"));
    return stdout;
  } finally {
    await host.terminate(machine);
  }
}
