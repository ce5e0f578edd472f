import type { SSMClient } from "@aws-sdk/client-ssm";
import type { AwsSettings } from "../clients/aws-settings.js";
import { openSsmClient } from "../clients/open-client.js";
import { fetchParameters } from "./fetch-parameters.js";
import { regionOfParameter } from "./parameter-name.js";
import type { AwsParameterSource, AwsParameterValue } from "./parameter-source.js";

export interface ParameterSourceOptions {
  /** How the service is reached. Names are looked up in the region of the settings, an ARN in the region that it names. */
  readonly aws?: AwsSettings | undefined;
}

/**
 * Makes a source of parameters of Systems Manager and, through it, secrets of Secrets Manager. Each name is requested once; what
 * failed is requested again the next time. Requests go out ten names at a time, with one client for each region. The SDK is loaded when the
 * first name is requested.
 */
export function createParameterSource({ aws }: ParameterSourceOptions = {}): AwsParameterSource {
  const clients = new Map<string, Promise<SSMClient>>();
  const known = new Map<string, Promise<AwsParameterValue>>();
  const clientOf = (place: string) => {
    const client = clients.get(place) ?? openSsmClient(place === "" ? aws : { ...aws, region: place });
    clients.set(place, client);
    return client;
  };
  const fetchUnknown = (place: string, names: readonly string[]) => {
    const values = clientOf(place).then((client) => fetchParameters(client, names));
    for (const name of names) known.set(name, pick(values, name, known));
  };
  return {
    get: async (names) => {
      const unknown = [...new Set(names)].filter((name) => !known.has(name));
      for (const [place, group] of groupBy(unknown, (name) => regionOfParameter(name) ?? aws?.region ?? "")) fetchUnknown(place, group);
      const values = await Promise.all(names.map(async (name) => [name, await known.get(name)] as const));
      return new Map(values.filter((entry): entry is readonly [string, AwsParameterValue] => entry[1] !== undefined));
    },
  };
}

async function pick(
  values: Promise<Map<string, AwsParameterValue>>,
  name: string,
  known: Map<string, unknown>,
): Promise<AwsParameterValue> {
  try {
    return (await values).get(name) as AwsParameterValue;
  } catch (thrown) {
    known.delete(name);
    throw thrown;
  }
}

function groupBy(names: readonly string[], keyOf: (name: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const key = keyOf(name);
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  return groups;
}
