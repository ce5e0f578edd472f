import { buildHostError } from "../errors.js";
import { toolEnvironment } from "./tool-environment.js";

const VARIABLE = "IMAGEWRIGHT_ENGINE_TIMEOUT";
// a busy store is locked for as long as a large layer takes to unpack
const ANSWER_SECONDS = 300;
const TRIAL_SECONDS = 60;
/** How much longer a call may take that moves an image on this computer: an hour, where a short one has five minutes. */
const MOVE_FACTOR = 12;
/** A person is told what is waited for after this part of the time of a short call. */
const NOTICES_IN_ANSWER = 10;
/** A call that must not be ended has this part of it to end by itself when nobody wants its result any more. */
const GRACES_IN_ANSWER = 30;

const ENGINES = ["docker", "podman", "buildah"];

/** The commands of engines that only look, or change a few bytes. */
const QUICK = ["config", "containers", "exec", "images", "info", "inspect", "mount", "ps", "restart", "start", "tag", "umount", "version"];
/** Those that move images. */
const LONG = ["add", "commit", "from", "import", "load", "pull", "push", "rm", "rmi", "run", "save", "unshare"];

/** The seconds within which a command line has to end; undefined if it may take any time, as what comes from a network. */
export function secondsToAnswer([file = "", ...parameters]: readonly string[]): number | undefined {
  if (!ENGINES.includes(file)) return undefined;
  if (parameters.includes("--version")) return answerSeconds();
  const command = parameters.find((word) => QUICK.includes(word) || LONG.includes(word));
  if (command === undefined) return undefined;
  if (QUICK.includes(command)) return answerSeconds();
  const isDownload = command === "pull" && parameters.at(-1)?.startsWith("oci:") !== true;
  return isDownload ? undefined : secondsToMove();
}

/** The seconds within which a call has to end that moves an image on this computer. */
export function secondsToMove(): number {
  return answerSeconds() * MOVE_FACTOR;
}

/** The seconds within which a trial has to end that finds out whether an engine works. */
export function trialSeconds(): number {
  return Math.min(givenSeconds() ?? TRIAL_SECONDS, TRIAL_SECONDS);
}

/** The seconds after which a person is told what is waited for. */
export function noticeSeconds(): number {
  return answerSeconds() / NOTICES_IN_ANSWER;
}

/** The seconds for which a call that must not be ended is waited for when its result is not wanted any more. */
export function graceSeconds(): number {
  return answerSeconds() / GRACES_IN_ANSWER;
}

function answerSeconds(): number {
  return givenSeconds() ?? ANSWER_SECONDS;
}

/** Throws setting-invalid. */
function givenSeconds(): number | undefined {
  const text = toolEnvironment()[VARIABLE] ?? "";
  if (text === "") return undefined;
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 86_400)) throw buildHostError("setting-invalid", { name: VARIABLE, value: text });
  return seconds;
}
