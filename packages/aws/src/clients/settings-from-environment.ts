import { AWS_SERVICES, type AwsKeys, type AwsService, type AwsSettings } from "./aws-settings.js";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The settings in the environment variables of the SDK and of awstoe: AWS_REGION, AWS_PROFILE, AWS_ACCESS_KEY_ID with its secret and
 * token, AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_<SERVICE> unless AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is true, and
 * AWSTOE_IMAGEBUILDER_ENDPOINT. An empty variable counts as unset. AWS_ROLE_ARN is left to the SDK, which uses it only with a web identity.
 */
export function settingsFromEnvironment(environment: Environment): AwsSettings {
  const text = (name: string) => environment[name] || undefined;
  const ignoresEndpoints = text("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")?.toLowerCase() === "true";
  return {
    region: text("AWS_REGION"),
    profile: text("AWS_PROFILE"),
    credentials: keysOf(text),
    endpoint: ignoresEndpoints ? undefined : text("AWS_ENDPOINT_URL"),
    endpoints: {
      ...(ignoresEndpoints ? {} : endpointsOf(text)),
      ...definedEntry("imagebuilder", text("AWSTOE_IMAGEBUILDER_ENDPOINT")),
    },
  };
}

function keysOf(text: (name: string) => string | undefined): AwsKeys | undefined {
  const [accessKeyId, secretAccessKey] = [text("AWS_ACCESS_KEY_ID"), text("AWS_SECRET_ACCESS_KEY")];
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  const sessionToken = text("AWS_SESSION_TOKEN");
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}

function endpointsOf(text: (name: string) => string | undefined): Partial<Record<AwsService, string>> {
  const nameOf = (service: AwsService) => `AWS_ENDPOINT_URL_${service.toUpperCase().replaceAll("-", "_")}`;
  const entries = AWS_SERVICES.map((service) => definedEntry(service, text(nameOf(service))));
  return entries.reduce((all, entry) => ({ ...all, ...entry }), {});
}

function definedEntry(service: AwsService, url: string | undefined): Partial<Record<AwsService, string>> {
  return url === undefined ? {} : { [service]: url };
}
