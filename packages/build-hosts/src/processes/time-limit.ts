import { buildHostError } from "../errors.js";
import { toolEnvironment } from "./tool-environment.js";

const VARIABLE = "IMAGEWRIGHT_ENGINE_TIMEOUT";
// a busy store is locked for as long as a large layer takes to unpack
const ANSWER_SECONDS = 300;
const TRIAL_SECONDS = 60;

const ENGINES = ["docker", "podman", "buildah"];

/** The commands of engines that only look, or change a few bytes; those that move images take as long as they take. */
const QUICK = ["config", "containers", "exec", "images", "info", "inspect", "mount", "ps", "restart", "start", "tag", "umount", "version"];
const LONG = ["add", "commit", "from", "import", "load", "pull", "push", "rm", "rmi", "run", "save", "unshare"];

/** The seconds within which a command line has to end; undefined if it may take any time. */
export function secondsToAnswer([file = "", ...parameters]: readonly string[]): number | undefined {
  if (!ENGINES.includes(file)) return undefined;
  if (parameters.includes("--version")) return givenSeconds() ?? ANSWER_SECONDS;
  const command = parameters.find((word) => QUICK.includes(word) || LONG.includes(word));
  return command === undefined || LONG.includes(command) ? undefined : (givenSeconds() ?? ANSWER_SECONDS);
}

/** The seconds within which a trial has to end that finds out whether an engine works. */
export function trialSeconds(): number {
  return Math.min(givenSeconds() ?? TRIAL_SECONDS, TRIAL_SECONDS);
}

/** Throws setting-invalid. */
function givenSeconds(): number | undefined {
  const text = toolEnvironment()[VARIABLE] ?? "";
  if (text === "") return undefined;
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 86_400)) throw buildHostError("setting-invalid", { name: VARIABLE, value: text });
  return seconds;
}
