import type { SavedRun } from "@imagewright/component-runner";
import { checkPlain, type JsonSchema } from "@imagewright/yaml-syntax";
import { agentError } from "../errors.js";
import type { RunSettings } from "./run-settings.js";

/** The settings of a run that are saved for the process that continues it. */
export type SavedSettings = Pick<
  RunSettings,
  "documentBucketOwner" | "fallbackDocuments" | "trace" | "logUpload" | "logStream" | "blockedActions" | "job"
> & {
  readonly eventStream: boolean;
  /** Missing in the state of an agent that did not have it. */
  readonly showOutput?: boolean;
};

/** The state contains parameters, documents and places separately; the continuation does not need the other settings. */
export function savedSettings(
  { documentBucketOwner, fallbackDocuments, trace, showOutput, logUpload, logStream, blockedActions, job }: RunSettings,
  eventStream: boolean,
): SavedSettings {
  return { documentBucketOwner, fallbackDocuments, trace, showOutput, logUpload, logStream, blockedActions, job, eventStream };
}

const text = { type: "string" };
const SCHEMA: JsonSchema = {
  type: "object",
  properties: {
    documentBucketOwner: text,
    fallbackDocuments: { type: "object", additionalProperties: text },
    trace: { type: "boolean" },
    showOutput: { type: "boolean" },
    logUpload: {
      type: "object",
      properties: { bucket: text, prefix: text, bucketOwner: text },
      required: ["bucket", "prefix"],
      additionalProperties: false,
    },
    logStream: {
      type: "object",
      properties: { group: text, stream: text, region: text, ignoreFailures: { type: "boolean" } },
      required: ["group", "stream", "ignoreFailures"],
      additionalProperties: false,
    },
    blockedActions: { type: "array", items: text },
    job: text,
    eventStream: { type: "boolean" },
  },
  required: ["fallbackDocuments", "trace", "blockedActions", "eventStream"],
  additionalProperties: false,
};

/** The settings in the state of a run. Errors: settings-not-readable, if another program has written them. */
export function readSavedSettings({ executionId, settings }: Pick<SavedRun, "executionId" | "settings">): SavedSettings {
  const [cause] = checkPlain(settings, SCHEMA, "it").faults;
  if (cause !== undefined) throw agentError("settings-not-readable", { executionId, cause });
  return settings as SavedSettings;
}

// variables that a process started by systemd or cron lacks, and that contain no secrets
const KEPT_VARIABLES =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_.*|TZ|WORKING_DIRECTORY|AWSTOE_.*|AWS_(DEFAULT_)?REGION|AWS_ENDPOINT_URL.*|AWS_PROFILE|AWS_EC2_METADATA_.*|https?_proxy|no_proxy|HTTPS?_PROXY|NO_PROXY|IMAGEWRIGHT_PRIVATE_ADDRESSES)$/;

/** The part of the environment that a run needs after a restart; the state does not contain credentials. */
export function keptEnvironment(environment: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([name, value]) => KEPT_VARIABLES.test(name) && !/\/\/[^/]*@/.test(value)));
}
