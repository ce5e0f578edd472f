import type { Platform } from "@imagewright/action-contract";
import { standardRegistry as registry } from "@imagewright/action-modules";
import { createParameterSource, settingsFromEnvironment } from "@imagewright/aws";
import type { RunContext } from "@imagewright/component-runner";
import { createNodeHost } from "@imagewright/node-host";
import { documentLoader } from "../cli/document-loader.js";

/** What documents get on this machine: its host, this process's environment and current folder, and the services of AWS. */
export function runContext(): Omit<RunContext, "signal"> & { readonly workingDirectory: string } {
  return {
    registry,
    host: createNodeHost(),
    workingDirectory: process.cwd(),
    environment: Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)),
    parameterStore: createParameterSource({ aws: settingsFromEnvironment(process.env) }),
    loadDocument: (location, bucketOwner) => documentLoader(bucketOwner)(location),
  };
}

/** What documents that run here must be valid for. */
export function thisPlatform(): Platform {
  return createNodeHost().platform;
}
