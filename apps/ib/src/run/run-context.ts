import type { Platform } from "@imagewright/action-contract";
import { standardRegistry as registry } from "@imagewright/action-modules";
import { createParameterSource } from "@imagewright/aws";
import type { RunContext } from "@imagewright/component-runner";
import { awsSettings, stepEnvironment, type Configuration } from "@imagewright/configuration";
import { createNodeHost, untilAborted } from "@imagewright/node-host";
import { documentLoader } from "../cli/document-loader.js";

interface LocalContext {
  readonly workingDirectory: string;
  readonly loadDocument: NonNullable<RunContext["loadDocument"]>;
}

/** The context of documents on this machine: its host, this process's environment and current folder, and the services of AWS. */
export function runContext(configuration: Configuration, signal: AbortSignal): Omit<RunContext, "signal" | "loadDocument"> & LocalContext {
  return {
    registry,
    host: createNodeHost(),
    workingDirectory: process.cwd(),
    environment: stepEnvironment(configuration, process.env),
    parameterStore: createParameterSource({ aws: awsSettings(configuration) }),
    loadDocument: (location, bucketOwner) => untilAborted(signal, documentLoader(configuration, bucketOwner)(location)),
  };
}

/** The platforms for which documents that run here must be valid. */
export function thisPlatform(): Platform {
  return createNodeHost().platform;
}
