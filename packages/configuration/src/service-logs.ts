import type { JsonSchema } from "@imagewright/yaml-syntax";

/** What becomes of the logs of images that `ib serve` builds. One that is left out is the default. */
export interface ServiceLogs {
  /** How many days they are kept, in the database and in the data folder; 30 by default. */
  readonly days?: number;
  /** Whether they go to CloudWatch Logs, too; they do not by default. */
  readonly cloudWatch?: boolean;
}

/** The form of these settings in the configuration file. */
export const SERVICE_LOGS: JsonSchema = {
  type: "object",
  additionalProperties: false,
  properties: { days: { type: "integer", minimum: 1 }, cloudWatch: { type: "boolean" } },
};
