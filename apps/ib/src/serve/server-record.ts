import { rmSync } from "node:fs";
import { isAlive, readCheckedFile, writeCheckedFile, type ProcessIdentity } from "@imagewright/node-host";
import type { ServiceFiles } from "./service-files.js";

/** What is known of a running server: by it other commands find the server of their data folder. It has no secrets. */
export interface ServerRecord extends ProcessIdentity {
  /** The URL for clients. */
  readonly endpoint: string;
  /** The URL for this computer; another one than `endpoint` if a proxy is in front. */
  readonly address: string;
  /** The file with the certificate that clients have to be told to trust, since no authority has issued it; null if there is none. */
  readonly certificateToTrust: string | null;
  readonly account: string;
  readonly regions: readonly string[];
  /** The id of the account's root access key. */
  readonly accessKeyId: string;
  /** Where that key is. */
  readonly credentialsFile: string;
  /** The folder of the embedded database, or the URL of another one without its password. */
  readonly database: string;
  readonly isDatabaseEmbedded: boolean;
  /** The path of the key file, or the ARN of the key of KMS, under which the database is encrypted; null if it is not. */
  readonly encryptionKey: string | null;
  /** Where requests are logged; null for standard error. */
  readonly requestLog: string | null;
  /** Where metrics are; null if they are not served. */
  readonly metrics: string | null;
  /** Where traces are sent to; null if they are not. */
  readonly traces: string | null;
  /** As ISO 8601. */
  readonly since: string;
  readonly version: string;
}

const FORM = { schema: 1, largest: 65_536 };

export function writeServerRecord({ record }: ServiceFiles, server: ServerRecord): void {
  writeCheckedFile(record, FORM, server);
}

export function removeServerRecord({ record }: ServiceFiles): void {
  rmSync(record, { force: true });
}

/** What the last server of the data folder has recorded; undefined if it was stopped, or if the record is no use. */
export function lastServerRecord({ record }: ServiceFiles): ServerRecord | undefined {
  const read = readCheckedFile(record, FORM);
  return read !== undefined && "value" in read ? (read.value as ServerRecord) : undefined;
}

/** The server that runs for a data folder. */
export async function findServer(files: ServiceFiles): Promise<ServerRecord | undefined> {
  const server = lastServerRecord(files);
  return server !== undefined && (await isAlive(server)) ? server : undefined;
}
