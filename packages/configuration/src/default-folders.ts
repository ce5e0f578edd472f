import { join } from "node:path";
import type { ConfiguredValue } from "./configured-value.js";

type Environment = Readonly<Record<string, string | undefined>>;

export interface HostUser {
  /** The home folder of the user. */
  readonly home: string;
  readonly isRoot: boolean;
}

/** The default data folder: that of the user. */
export function defaultDataFolder(environment: Environment, { home }: HostUser): ConfiguredValue<string> {
  return below(environment, "XDG_DATA_HOME", join(home, ".local", "share"));
}

/** The default state folder: that of the machine for root, that of the user for others. */
export function defaultStateFolder(environment: Environment, { home, isRoot }: HostUser): ConfiguredValue<string> {
  if (isRoot) return { value: "/var/lib/imagewright/state", origin: { kind: "default" } };
  return below(environment, "XDG_STATE_HOME", join(home, ".local", "state"));
}

/** The paths of the configuration file if IMAGEWRIGHT_CONFIG is not set; only the first that exists is read. */
export function configFilePlaces(environment: Environment, { home }: HostUser): readonly string[] {
  const { value } = below(environment, "XDG_CONFIG_HOME", join(home, ".config"));
  return [join(value, "config.yaml"), "/etc/imagewright/config.yaml"];
}

function below(environment: Environment, name: string, fallback: string): ConfiguredValue<string> {
  const folder = environment[name];
  if (folder === undefined || folder === "") return { value: join(fallback, "imagewright"), origin: { kind: "default" } };
  return { value: join(folder, "imagewright"), origin: { kind: "environment", name } };
}
