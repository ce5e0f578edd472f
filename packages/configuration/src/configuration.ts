import type { AwsKeys, AwsSettings } from "@imagewright/aws";
import type { ConfiguredValue } from "./configured-value.js";

/** The settings of the programs, each with its origin. An optional one is undefined if it is not set. */
export interface Configuration {
  /** Where images and logs are kept. */
  readonly dataFolder: ConfiguredValue<string>;
  /** Where runs and builds note what is under way. */
  readonly stateFolder: ConfiguredValue<string>;
  readonly region: ConfiguredValue<string> | undefined;
  readonly profile: ConfiguredValue<string> | undefined;
  /** The URL that answers for all services of AWS. */
  readonly endpoint: ConfiguredValue<string> | undefined;
  /** URLs of single services, from AWS_ENDPOINT_URL_<SERVICE> and AWSTOE_IMAGEBUILDER_ENDPOINT. */
  readonly endpoints: NonNullable<AwsSettings["endpoints"]>;
  readonly roleArn: ConfiguredValue<string> | undefined;
  readonly credentials: ConfiguredValue<AwsKeys> | undefined;
}
