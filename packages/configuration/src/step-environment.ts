import type { Configuration } from "./configuration.js";
import { PRIVATE_ADDRESSES_VARIABLE } from "./resolve-configuration.js";

/**
 * The environment for the steps of documents. Region, profile and endpoint of the configuration are in the SDK's variables, so that
 * transfers and the AWS command line use the same account and endpoint as the program. Only the program assumes the role.
 */
export function stepEnvironment(
  { region, profile, endpoint, privateAddresses }: Configuration,
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const own = { AWS_REGION: region?.value, AWS_PROFILE: profile?.value, AWS_ENDPOINT_URL: endpoint?.value };
  const network = privateAddresses.value === "forbidden" ? { [PRIVATE_ADDRESSES_VARIABLE]: "forbidden" } : {};
  // keys in the environment would take precedence over the profile from a flag
  const isChosen = profile?.origin.kind === "flag";
  const hidden = isChosen ? ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"] : [];
  const kept = Object.entries({ ...environment, ...definedOnly(own), ...network }).filter(([name]) => !hidden.includes(name));
  return Object.fromEntries(kept.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function definedOnly(values: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
