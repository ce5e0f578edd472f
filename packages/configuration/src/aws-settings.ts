import type { AwsSettings } from "@imagewright/aws";
import type { Configuration } from "./configuration.js";

/** The settings for AWS clients. */
export function awsSettings({ region, profile, endpoint, endpoints, roleArn, credentials }: Configuration): AwsSettings {
  return {
    region: region?.value,
    profile: profile?.value,
    endpoint: endpoint?.value,
    endpoints,
    roleArn: roleArn?.value,
    credentials: credentials?.value,
  };
}
