import { describeOrigin, type Configuration, type SettingOrigin } from "@imagewright/configuration";

interface ShownSetting {
  readonly name: string;
  /** Null where nobody has set it. */
  readonly value: string | null;
  readonly origin: SettingOrigin | null;
}

export interface ConfigurationJson {
  /** The configuration file that was read. */
  readonly file: string | null;
  readonly settings: readonly ShownSetting[];
}

/** The configuration as data. Of keys only their id is told, which is no secret. */
export function configurationJson(configuration: Configuration, file: string | undefined): ConfigurationJson {
  const { dataFolder, stateFolder, region, profile, endpoint, roleArn, credentials } = configuration;
  const accessKey = credentials && { value: credentials.value.accessKeyId, origin: credentials.origin };
  const settings = Object.entries({ dataFolder, stateFolder, region, profile, endpoint, roleArn, accessKey }).map(([name, setting]) => ({
    name,
    value: setting?.value ?? null,
    origin: setting?.origin ?? null,
  }));
  return { file: file ?? null, settings };
}

const LABELS: Readonly<Record<string, string>> = {
  dataFolder: "data folder",
  stateFolder: "state folder",
  region: "AWS region",
  profile: "AWS profile",
  endpoint: "AWS endpoint",
  roleArn: "AWS role",
  accessKey: "AWS access key",
};

/** The configuration for people, a line each. */
export function renderConfiguration({ file, settings }: ConfigurationJson): string {
  const lines = settings.map(({ name, value, origin }) => {
    const told = value === null || origin === null ? "not set" : `${value} (${describeOrigin(origin)})`;
    return `${(LABELS[name] ?? name).padEnd(15)} ${told}`;
  });
  return [...lines, `configuration file: ${file ?? "none"}`].join("\n");
}
