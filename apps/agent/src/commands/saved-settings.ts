import type { RunSettings } from "./run-settings.js";

/** What of the settings of a run is kept for the process that goes on with it. */
export type SavedSettings = Pick<
  RunSettings,
  "documentBucketOwner" | "fallbackDocuments" | "trace" | "logUpload" | "logStream" | "blockedActions"
> & { readonly eventStream: boolean };

/** Parameters, documents and places stand in the state by themselves; what else a run was given is of no use to its continuation. */
export function savedSettings(
  { documentBucketOwner, fallbackDocuments, trace, logUpload, logStream, blockedActions }: RunSettings,
  eventStream: boolean,
): SavedSettings {
  return { documentBucketOwner, fallbackDocuments, trace, logUpload, logStream, blockedActions, eventStream };
}

// what a process that systemd or cron starts does not have, and that holds no secrets
const KEPT_VARIABLES =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_.*|TZ|WORKING_DIRECTORY|AWSTOE_.*|AWS_(DEFAULT_)?REGION|AWS_ENDPOINT_URL.*|AWS_PROFILE|AWS_EC2_METADATA_.*|https?_proxy|no_proxy|HTTPS?_PROXY|NO_PROXY)$/;

/** The part of the environment that a run needs after a restart; credentials stay out of the state. */
export function keptEnvironment(environment: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([name, value]) => KEPT_VARIABLES.test(name) && !/\/\/[^/]*@/.test(value)));
}
