import type { AwsSettings } from "@imagewright/aws";

/** What becomes of the logs of images besides their lines in the database. */
export interface LogSettings {
  /** How S3 and CloudWatch Logs are reached. */
  readonly aws: AwsSettings;
  /** Whether logs go to CloudWatch Logs. */
  readonly cloudWatch: boolean;
  /** How many days files are kept. */
  readonly days: number;
}
