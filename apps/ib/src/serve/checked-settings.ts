import { isIP } from "node:net";
import { resolve } from "node:path";
import type { ConfiguredValue, ServiceLogs, ServiceQuotas, ServiceSettings } from "@imagewright/configuration";
import { wrongUsage } from "../cli/wrong-usage.js";
import { checkEventSettings, type EventSettings } from "./event-settings.js";
import { checkTraceSettings, type TraceSettings } from "../traces/trace-settings.js";
import { notAllowed } from "./setting-not-allowed.js";
import type { CertificateFiles } from "./read-certificate.js";

/** Where to listen; port 0 is a free one. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** The settings of the service, checked. */
export interface CheckedSettings extends ListenAddress {
  readonly databaseUrl: string | undefined;
  /** Without it metrics are served nowhere. */
  readonly metrics: ListenAddress | undefined;
  /** Without them no traces are sent. */
  readonly traces: TraceSettings | undefined;
  readonly publicUrl: string | undefined;
  /** Without them the server speaks no TLS. */
  readonly certificate: CertificateFiles | undefined;
  /** What wraps the data keys: the path of a key file, or the ARN of a key of KMS. */
  readonly encryptionKey: string | undefined;
  /** Whether resources are sealed under the keys of KMS that they name. */
  readonly resourceKeys: "use" | "keep";
  /** A folder with entries of one's own for the catalogue. */
  readonly catalogueFolder: string | undefined;
  /** The address of a mirror of Debian, or `none`; that of this machine's apt if it is undefined. */
  readonly debianMirror: string | undefined;
  readonly events: EventSettings;
  readonly regions: readonly string[];
  readonly account: string;
  readonly quotas: ServiceQuotas;
  readonly logs: ServiceLogs;
}

const REGION = /^[a-z]{2}(-[a-z]+)+-[0-9]+$/;
const ACCOUNT = /^[0-9]{12}$/;
const DATABASE = ["postgres:", "postgresql:"];

/** Throws WrongUsage for a flag. Errors: setting-not-allowed. */
export function checkServiceSettings(given: ServiceSettings): CheckedSettings {
  const { databaseUrl, listen, metricsListen, publicUrl, regions, account } = given;
  const address = addressIn(listen, "the address to listen at");
  if (databaseUrl !== undefined && !DATABASE.includes(urlIn(databaseUrl.value)?.protocol ?? ""))
    // it may have a password, so it is not shown
    throw notAllowed("the database URL", databaseUrl, "postgresql://USER:PASSWORD@HOST:PORT/DATABASE", undefined);
  for (const region of regions.value)
    if (!REGION.test(region)) throw notAllowed("a Region", regions, "a name such as us-east-1, or several with commas", region);
  if (!ACCOUNT.test(account.value)) throw notAllowed("the account", account, "12 digits", account.value);
  return {
    ...{ ...address, metrics: metricsListen && addressIn(metricsListen, "the address of the metrics") },
    resourceKeys: resourceKeysIn(given.resourceKeys),
    catalogueFolder: given.catalogueFolder && resolve(given.catalogueFolder.value),
    debianMirror: given.debianMirror && mirrorIn(given.debianMirror),
    events: checkEventSettings(given),
    traces: checkTraceSettings(given.traces, process.env),
    logs: given.logs?.value ?? {},
    ...{ quotas: given.quotas?.value ?? {}, account: account.value, regions: regions.value, databaseUrl: databaseUrl?.value },
    ...{ publicUrl: publicUrl && publicUrlIn(publicUrl), certificate: certificateIn(given) },
    encryptionKey:
      given.encryptionKey &&
      (given.encryptionKey.value.startsWith("arn:") ? given.encryptionKey.value : resolve(given.encryptionKey.value)),
  };
}

/** A certificate and its key belong together. Throws WrongUsage. */
function certificateIn({ certificateFile, keyFile }: ServiceSettings): CertificateFiles | undefined {
  if (certificateFile === undefined && keyFile === undefined) return undefined;
  const missing = certificateFile === undefined ? "--tls-cert" : "--tls-key";
  if (certificateFile === undefined || keyFile === undefined)
    throw wrongUsage(`--tls-cert and --tls-key belong together; ${missing} is missing`);
  return { certificate: resolve(certificateFile.value), key: resolve(keyFile.value) };
}

function resourceKeysIn(setting: ConfiguredValue<string> | undefined): "use" | "keep" {
  if (setting === undefined || setting.value === "keep") return "keep";
  if (setting.value === "use") return "use";
  throw notAllowed("the use of keys of resources", setting, "use or keep", setting.value);
}

/** Whether only processes of this computer can connect. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** A URL of a database as it may be shown. */
export function shownDatabaseUrl(databaseUrl: string): string {
  const url = urlIn(databaseUrl);
  if (url === undefined) return "the database";
  return `${url.protocol}//${url.username === "" ? "" : `${url.username}@`}${url.host}${url.pathname}`;
}

function addressIn(setting: ConfiguredValue<string>, what: string): ListenAddress {
  const [, bracketed, plain, digits = ""] = /^(?:\[([^\]]*)\]|([^:[\]]+)):(\d{1,5})$/.exec(setting.value) ?? [];
  const host = bracketed ?? plain;
  const isHost = bracketed === undefined ? /^[\w.-]+$/.test(plain ?? "") : isIP(bracketed) === 6;
  if (host === undefined || !isHost || Number(digits) > 65_535)
    throw notAllowed(what, setting, "HOST:PORT, such as 127.0.0.1:8484, [::1]:8484, or port 0 for a free one", setting.value);
  return { host, port: Number(digits) };
}

function publicUrlIn(setting: ConfiguredValue<string>): string {
  const url = urlIn(setting.value);
  const isPlain = url !== undefined && url.search === "" && url.hash === "" && url.username === "" && url.password === "";
  if (!isPlain || !["http:", "https:"].includes(url.protocol))
    throw notAllowed("the public URL", setting, "one such as https://images.example.org", setting.value);
  return setting.value.replace(/\/+$/, "");
}

/** Source of the form: entries of apt. */
function mirrorIn(setting: ConfiguredValue<string>): string {
  const url = urlIn(setting.value);
  if (setting.value === "none") return setting.value;
  // what is shown of settings has no passwords
  if (url !== undefined && url.password === "" && ["http:", "https:"].includes(url.protocol)) return setting.value;
  throw notAllowed("the Debian mirror", setting, "none, or a URL without a password, such as https://mirror.example.org/debian", undefined);
}

function urlIn(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
