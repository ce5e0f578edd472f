import type { Diagnostic, SourceFile } from "@imagewright/diagnostics";
import { readData, type JsonSchema } from "@imagewright/yaml-syntax";
import { SERVICE_LOGS, type ServiceLogs } from "./service-logs.js";
import { SERVICE_QUOTAS, type ServiceQuotas } from "./service-quotas.js";

/** The settings of the configuration file. AWS access keys are not among them: they belong in the SDK's own files, as a profile. */
export interface FileSettings {
  readonly dataFolder?: string;
  readonly stateFolder?: string;
  readonly privateAddresses?: "allowed" | "forbidden";
  readonly aws?: {
    readonly region?: string;
    readonly profile?: string;
    readonly endpoint?: string;
    readonly roleArn?: string;
  };
  readonly service?: {
    readonly databaseUrl?: string;
    readonly listen?: string;
    readonly publicUrl?: string;
    readonly certificateFile?: string;
    readonly keyFile?: string;
    readonly metricsListen?: string;
    readonly traces?: string;
    readonly encryptionKey?: string;
    readonly resourceKeys?: "use" | "keep";
    readonly catalogueFolder?: string;
    readonly debianMirror?: string;
    readonly eventWebhooks?: readonly string[];
    readonly eventWebhookSecretFile?: string;
    readonly eventBus?: string;
    readonly eventSource?: string;
    readonly sns?: "on" | "off";
    readonly regions?: readonly string[];
    readonly account?: string;
    readonly quotas?: ServiceQuotas;
    readonly logs?: ServiceLogs;
  };
}

const REGION = { type: "string", pattern: "^[a-z]{2}(-[a-z]+)+-[0-9]+$", patternDescription: "a region such as eu-west-1" } as const;

const SCHEMA: JsonSchema = {
  type: "object",
  additionalProperties: false,
  properties: {
    dataFolder: { type: "string", minLength: 1 },
    stateFolder: { type: "string", minLength: 1 },
    privateAddresses: { type: "string", enum: ["allowed", "forbidden"] },
    aws: {
      type: "object",
      additionalProperties: false,
      properties: {
        region: REGION,
        profile: { type: "string", minLength: 1 },
        endpoint: { type: "string", pattern: "^https?://[^/]", patternDescription: "a URL such as https://aws.example.org" },
        roleArn: {
          type: "string",
          pattern: "^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$",
          patternDescription: "the ARN of a role: arn:aws:iam::ACCOUNT:role/NAME",
        },
      },
    },
    service: {
      type: "object",
      additionalProperties: false,
      properties: {
        databaseUrl: { type: "string", minLength: 1 },
        listen: { type: "string", minLength: 1 },
        publicUrl: { type: "string", minLength: 1 },
        certificateFile: { type: "string", minLength: 1 },
        keyFile: { type: "string", minLength: 1 },
        metricsListen: { type: "string", minLength: 1 },
        traces: { type: "string", minLength: 1 },
        encryptionKey: { type: "string", minLength: 1 },
        resourceKeys: { type: "string", enum: ["use", "keep"] },
        catalogueFolder: { type: "string", minLength: 1 },
        debianMirror: { type: "string", minLength: 1 },
        eventWebhooks: { type: "array", minItems: 1, items: { type: "string", minLength: 1 } },
        eventWebhookSecretFile: { type: "string", minLength: 1 },
        eventBus: { type: "string", minLength: 1 },
        eventSource: { type: "string", minLength: 1 },
        sns: { type: "string", enum: ["on", "off"] },
        regions: { type: "array", minItems: 1, items: REGION },
        account: { type: "string", pattern: "^[0-9]{12}$", patternDescription: "an account: 12 digits" },
        quotas: SERVICE_QUOTAS,
        logs: SERVICE_LOGS,
      },
    },
  },
};

/** Reads the configuration file and returns its faults as diagnostics. An empty file sets nothing. */
export function readConfigFile(source: SourceFile): { readonly settings: FileSettings; readonly diagnostics: readonly Diagnostic[] } {
  if (/^(\s|#.*)*$/.test(source.text)) return { settings: {}, diagnostics: [] };
  const { value, diagnostics } = readData<FileSettings>(source, SCHEMA, { what: "the configuration" });
  return { settings: value ?? {}, diagnostics };
}
