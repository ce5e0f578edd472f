import { homedir, userInfo } from "node:os";
import { SourceFile, type Diagnostic } from "@imagewright/diagnostics";
import { describeTextFault, readTextFile, windowsAccount } from "@imagewright/node-host";
import { readConfigFile } from "./config-file.js";
import type { Configuration } from "./configuration.js";
import { configFilePlaces, type HostUser } from "./default-folders.js";
import { configurationError } from "./errors.js";
import { resolveConfiguration, type Sources } from "./resolve-configuration.js";
import { isUnderSudo, rootsEnvironment } from "./sudo/under-sudo.js";

export interface ConfigurationRequest extends Partial<Pick<Sources, "flags" | "user">> {
  readonly environment: Sources["environment"];
}

export interface OpenedConfiguration {
  readonly configuration: Configuration;
  /** The configuration file that was read, if there is one. */
  readonly file: string | undefined;
  /** The faults of the configuration file. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the configuration file, if there is one, and resolves every setting. Under sudo, the default folders are root's, whatever `sudo -E`
 * passes of the caller's environment. Throws `file-not-found` if the file in IMAGEWRIGHT_CONFIG does not exist, `file-not-readable` if a
 * file cannot be read.
 */
export async function openConfiguration({
  flags = {},
  environment: given,
  user = thisUser(given),
}: ConfigurationRequest): Promise<OpenedConfiguration> {
  const environment = isUnderSudo(given) ? rootsEnvironment(given, user.home) : given;
  const source = await findFile(environment, user);
  const { settings, diagnostics } = source === undefined ? { settings: {}, diagnostics: [] } : readConfigFile(source);
  const file = source && { path: source.name, settings };
  return { configuration: resolveConfiguration({ flags, environment, file, user }), file: source?.name, diagnostics };
}

function thisUser(environment: Sources["environment"]): HostUser {
  const isRoot = process.getuid?.() === 0 || windowsAccount()?.isAdministrator === true;
  // `homedir` believes HOME, which may be the caller's under sudo
  return {
    home: homeFolder(isRoot, isUnderSudo(environment) ? () => userInfo().homedir : homedir),
    isRoot,
    isOnWindows: process.getuid === undefined,
  };
}

/** A container may have neither HOME nor an account for its user; the home folder is then that of container engines. */
function homeFolder(isRoot: boolean, find: () => string): string {
  try {
    return find();
  } catch {
    return isRoot ? "/root" : "/";
  }
}

async function findFile(environment: Sources["environment"], user: HostUser): Promise<SourceFile | undefined> {
  const named = environment["IMAGEWRIGHT_CONFIG"];
  if (named !== undefined && named !== "") {
    const source = await read(named);
    if (source === undefined) throw configurationError("file-not-found", { path: named });
    return source;
  }
  for (const path of configFilePlaces(environment, user)) {
    const source = await read(path);
    if (source !== undefined) return source;
  }
  return undefined;
}

// bytes; far above any real file
const LARGEST = 1024 * 1024;

async function read(path: string): Promise<SourceFile | undefined> {
  const found = await readTextFile(path, { largest: LARGEST, pipes: true });
  if ("text" in found) return new SourceFile(path, found.text);
  if (found.fault.kind === "not-found") return undefined;
  throw configurationError("file-not-readable", { path, cause: describeTextFault(found.fault) });
}
