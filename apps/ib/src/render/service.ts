import { joinSafe, safe, shellWord, type SafeText } from "@imagewright/diagnostics";
import type { ServerRecord } from "../serve/server-record.js";
import type { AuditFailure } from "../serve/start-service.js";

/** A running server: what it is, a line each. */
export function renderServer(server: ServerRecord, newSecret?: string): SafeText {
  const rows: readonly (readonly [string, string])[] = [
    ["endpoint", server.endpoint === server.address ? server.endpoint : `${server.endpoint} (here ${server.address})`],
    ["account", server.account],
    [server.regions.length === 1 ? "Region" : "Regions", server.regions.join(", ")],
    ["database", server.isDatabaseEmbedded ? `embedded, in ${server.database}` : server.database],
    ...(server.encryptionKey ? [["encrypted", `under ${server.encryptionKey}`] as const] : []),
    ["root key", `${server.accessKeyId}, in ${server.credentialsFile}`],
    ...(newSecret === undefined ? [] : [["secret", `${newSecret} (shown this once)`] as const]),
    ["requests", `logged ${server.requestLog === null ? "on standard error" : `in ${server.requestLog}`}`],
    // the record of an older version has none
    ...(server.metrics ? [["metrics", server.metrics] as const] : []),
    ...(server.traces ? [["traces", `to ${server.traces}`] as const] : []),
    ["process", `${server.pid}, since ${server.since}`],
  ];
  return joinSafe(
    rows.map(([name, value]) => safe`${name.padEnd(9)} ${value}`),
    "\n",
  );
}

/** That a collector takes no traces, or does again. */
export function describeTracesNotice(url: string, problem: string | undefined): SafeText {
  if (problem === undefined) return safe`notice: traces are taken by ${url} again`;
  return safe`warning: traces are not taken by ${url}, and those of the meantime are lost: ${problem}`;
}

/** That requests are missing in the audit log, for the present or for ever. */
export function describeAuditFailure({ requests, cause, isFinal }: AuditFailure): SafeText {
  const what = requests === 1 ? "1 request is" : `${requests} requests are`;
  return safe`${what} not in the audit log${isFinal ? "" : " yet, and writing them is tried again"}: ${cause}`;
}

/** What clients need, to paste. */
export function renderClientLines({ endpoint, regions, credentialsFile, certificateToTrust: trusted }: ServerRecord): SafeText {
  const region = regions[0] ?? "";
  const trust = trusted === null ? "" : ` AWS_CA_BUNDLE=${shellWord(trusted)} NODE_EXTRA_CA_CERTS=${shellWord(trusted)}`;
  const credentials = `export AWS_SHARED_CREDENTIALS_FILE=${shellWord(credentialsFile)}${trust}`;
  const lines = [
    "# aws, every version",
    credentials,
    `aws imagebuilder list-components --endpoint-url ${shellWord(endpoint)} --region ${region}`,
    "",
    "# SDKs, Terraform, and aws without --endpoint-url: aws from 2.13 or 1.29, boto3 from 1.28, JavaScript from 3.428",
    credentials,
    `export AWS_ENDPOINT_URL_IMAGEBUILDER=${shellWord(endpoint)} AWS_ENDPOINT_URL_STS=${shellWord(endpoint)}`,
    `export AWS_REGION=${region} AWS_DEFAULT_REGION=${region}`,
    "",
    "# the same as a profile in ~/.aws/config, for these versions; AWS_SHARED_CREDENTIALS_FILE has its key",
    "[profile imagewright]",
    `region = ${region}`,
    ...(trusted === null ? [] : [`ca_bundle = ${trusted}`]),
    "services = imagewright",
    "[services imagewright]",
    ...["imagebuilder", "sts"].flatMap((service) => [`${service} =`, `  endpoint_url = ${endpoint}`]),
    "",
    "# Terraform",
    'provider "aws" {',
    `  region                   = "${region}"`,
    `  shared_credentials_files = [${JSON.stringify(credentialsFile)}]`,
    ...(trusted === null ? [] : [`  custom_ca_bundle         = ${JSON.stringify(trusted)}`]),
    "  endpoints {",
    `    imagebuilder = ${JSON.stringify(endpoint)}`,
    `    sts          = ${JSON.stringify(endpoint)}`,
    "  }",
    "}",
  ];
  return joinSafe(
    lines.map((text) => safe`${text}`),
    "\n",
  );
}
