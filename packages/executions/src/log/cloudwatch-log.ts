import { existsSync, readFileSync } from "node:fs";
import { openLogSender } from "@imagewright/aws";
import type { ClaimedImage } from "@imagewright/control-plane";
import { writeAtomically } from "@imagewright/node-host";
import type { BuildLogFile } from "./build-log-file.js";
import { imageLogGroup, imageLogStream } from "./log-names.js";
import { LogPump } from "./log-pump.js";
import type { LogSettings } from "./log-settings.js";
import { tryAgain } from "./try-again.js";

interface CloudWatchParts {
  readonly file: BuildLogFile;
  /** Keeps the number of the last line that has arrived: the server that goes on with the build goes on there. */
  readonly cursorFile: string;
  readonly aws: LogSettings["aws"];
  readonly signal: AbortSignal;
}

/**
 * Sends the log of a build to CloudWatch Logs. A part that has arrived just before its server was killed arrives twice. Source: guide
 * chapter 48.
 */
export function sendToCloudWatch(image: ClaimedImage, { file, cursorFile, aws, signal }: CloudWatchParts): LogPump {
  const { name, detail, region } = image;
  const target = { group: imageLogGroup(name, detail.loggingConfiguration), stream: imageLogStream(image) };
  const sender = openLogSender({ ...target, region: aws.region ?? region, aws });
  signal.addEventListener("abort", () => sender.close());
  return new LogPump(file.reader(readCursor(cursorFile)), async (lines) => {
    const timed = lines.map(({ at, step, text }) => ({ time: at.getTime(), line: step === undefined ? text : `[${step}] ${text}` }));
    await tryAgain(() => sender.send(timed), signal);
    writeAtomically(cursorFile, String(lines.at(-1)?.number ?? 0), { sync: false });
  });
}

function readCursor(path: string): number {
  return existsSync(path) ? Number.parseInt(readFileSync(path, "utf8"), 10) || 0 : 0;
}
