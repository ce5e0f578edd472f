import type { AwsKeys, AwsSettings } from "@imagewright/aws";
import type { ConfiguredValue } from "./configured-value.js";
import type { ServiceSettings } from "./service-settings.js";

/** Whether addresses of this machine, of its networks, and of metadata services may be downloaded from. */
export type PrivateAddresses = "allowed" | "forbidden";

/** The settings of the programs, each with its origin. An optional one is undefined if it is not set. */
export interface Configuration {
  /** The folder of images and logs. */
  readonly dataFolder: ConfiguredValue<string>;
  /** The folder of the records of runs and builds that have not ended. */
  readonly stateFolder: ConfiguredValue<string>;
  readonly region: ConfiguredValue<string> | undefined;
  readonly profile: ConfiguredValue<string> | undefined;
  /** The endpoint URL for all AWS services. */
  readonly endpoint: ConfiguredValue<string> | undefined;
  /** Endpoint URLs of single services, from AWS_ENDPOINT_URL_<SERVICE> and AWSTOE_IMAGEBUILDER_ENDPOINT. */
  readonly endpoints: NonNullable<AwsSettings["endpoints"]>;
  readonly roleArn: ConfiguredValue<string> | undefined;
  /** Whether downloads of documents may be from addresses that are not public. */
  readonly privateAddresses: ConfiguredValue<PrivateAddresses>;
  readonly credentials: ConfiguredValue<AwsKeys> | undefined;
  /** What `ib serve` serves, and where. */
  readonly service: ServiceSettings;
}
