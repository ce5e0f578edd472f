import type { RunSettings } from "./run-settings.js";

/** The settings of a run that are saved for the process that continues it. */
export type SavedSettings = Pick<
  RunSettings,
  "documentBucketOwner" | "fallbackDocuments" | "trace" | "logUpload" | "logStream" | "blockedActions" | "job"
> & { readonly eventStream: boolean };

/** The state contains parameters, documents and places separately; the continuation does not need the other settings. */
export function savedSettings(
  { documentBucketOwner, fallbackDocuments, trace, logUpload, logStream, blockedActions, job }: RunSettings,
  eventStream: boolean,
): SavedSettings {
  return { documentBucketOwner, fallbackDocuments, trace, logUpload, logStream, blockedActions, job, eventStream };
}

// variables that a process started by systemd or cron lacks, and that contain no secrets
const KEPT_VARIABLES =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_.*|TZ|WORKING_DIRECTORY|AWSTOE_.*|AWS_(DEFAULT_)?REGION|AWS_ENDPOINT_URL.*|AWS_PROFILE|AWS_EC2_METADATA_.*|https?_proxy|no_proxy|HTTPS?_PROXY|NO_PROXY)$/;

/** The part of the environment that a run needs after a restart; the state does not contain credentials. */
export function keptEnvironment(environment: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([name, value]) => KEPT_VARIABLES.test(name) && !/\/\/[^/]*@/.test(value)));
}
