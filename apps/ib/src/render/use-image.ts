import type { ByHand } from "@imagewright/build-hosts";
import { commandLine } from "./command-line.js";

/** How a person reaches an image in the store of an engine. */
export interface ImageUse {
  readonly engine: string;
  readonly byHand: ByHand;
  /** Whether the store is root's, and the person another user. */
  readonly sudo: boolean;
}

/** The command that starts a shell in a container from the image, and removes the container afterwards. */
export function lookInside(tag: string, use: ImageUse): string {
  const { byHand } = use;
  if (byHand.shell === undefined) return line(use, ["run", ...byHand.run, "--rm", "--interactive", "--tty", tag, "sh"]);
  const [from, remove] = [line(use, ["from", "--pull-never", tag]), line(use, ["rm"])];
  const shell = commandLine({ environment: byHand.environment, words: byHand.shell }, use.sudo);
  return `ctr=$(${from}) && ${shell} "$ctr"; ${remove} "$ctr"`;
}

/** The command that copies the image to a registry, with the engine that has it. */
export function copyElsewhere(tag: string, name: string, use: ImageUse): string {
  if (use.engine !== "docker") return line(use, ["push", tag, `docker://REGISTRY/${name}`]);
  // docker pushes an image under its name only
  return `${line(use, ["tag", tag, `REGISTRY/${name}`])} && ${line(use, ["push", `REGISTRY/${name}`])}`;
}

function line({ engine, byHand, sudo }: ImageUse, words: readonly string[]): string {
  return commandLine({ environment: byHand.environment, words: [engine, ...byHand.global, ...words] }, sudo);
}
