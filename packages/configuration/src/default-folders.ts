import { join } from "node:path";
import type { ConfiguredValue } from "./configured-value.js";

type Environment = Readonly<Record<string, string | undefined>>;

export interface HostUser {
  /** The home folder of the user. */
  readonly home: string;
  /** Whether it is root, or on Windows has the rights of an administrator. */
  readonly isRoot: boolean;
  /** Whether it is a user of Windows. */
  readonly isOnWindows?: boolean;
}

/** The default data folder: that of the user. */
export function defaultDataFolder(environment: Environment, { home, isOnWindows }: HostUser): ConfiguredValue<string> {
  if (isOnWindows === true) return belowLocal(environment, home);
  return below(environment, "XDG_DATA_HOME", join(home, ".local", "share"));
}

/**
 * The default state folder: that of the machine for root and for administrators of Windows, that of the user for others. In `%ProgramData%`
 * every user can make folders, so what is there counts only after it has been checked who can change it.
 */
export function defaultStateFolder(environment: Environment, { home, isRoot, isOnWindows }: HostUser): ConfiguredValue<string> {
  if (isOnWindows === true) {
    const { value, origin } = isRoot ? below(environment, "ProgramData", "C:\\ProgramData") : belowLocal(environment, home);
    return { value: join(value, "state"), origin };
  }
  if (isRoot) return { value: "/var/lib/imagewright/state", origin: { kind: "default" } };
  return below(environment, "XDG_STATE_HOME", join(home, ".local", "state"));
}

/** The paths of the configuration file if IMAGEWRIGHT_CONFIG is not set; only the first that exists is read. */
export function configFilePlaces(environment: Environment, { home, isOnWindows }: HostUser): readonly string[] {
  if (isOnWindows === true) return [join(belowLocal(environment, home).value, "config.yaml")];
  const { value } = below(environment, "XDG_CONFIG_HOME", join(home, ".config"));
  return [join(value, "config.yaml"), "/etc/imagewright/config.yaml"];
}

// a configuration is not read from %ProgramData%, where every user can make files
function belowLocal(environment: Environment, home: string): ConfiguredValue<string> {
  return below(environment, "LOCALAPPDATA", join(home, "AppData", "Local"));
}

function below(environment: Environment, name: string, fallback: string): ConfiguredValue<string> {
  const folder = environment[name];
  if (folder === undefined || folder === "") return { value: join(fallback, "imagewright"), origin: { kind: "default" } };
  return { value: join(folder, "imagewright"), origin: { kind: "environment", name } };
}
