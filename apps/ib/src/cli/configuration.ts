import { isUnderSudo, openConfiguration, requireRootsFolders, type Configuration } from "@imagewright/configuration";
import type { Diagnostic } from "@imagewright/diagnostics";
import { Flags } from "./oclif.js";
import { wrongUsage } from "./wrong-usage.js";

const helpGroup = "CONFIGURATION";

/** For commands that use the data folder. */
export const dataFlags = {
  "data-dir": Flags.string({ summary: "where images, logs and state are kept", helpValue: "FOLDER", helpGroup }),
};

/** For commands that may call AWS. */
export const awsFlags = {
  region: Flags.string({ summary: "the AWS region", helpValue: "REGION", helpGroup }),
  profile: Flags.string({ summary: "the profile of the AWS configuration files", helpValue: "NAME", helpGroup }),
  "endpoint-url": Flags.string({ summary: "the URL to use for all AWS services", helpValue: "URL", helpGroup }),
  "role-arn": Flags.string({ summary: "the role to assume for calls to AWS", helpValue: "ARN", helpGroup }),
};

/** For commands that run documents. */
export const networkFlags = {
  "no-private-addresses": Flags.boolean({
    summary: "download from public addresses only, and not from this machine, its networks or metadata services",
    helpGroup,
  }),
};

/** For `ib serve`. */
export const serviceFlags = {
  listen: Flags.string({
    summary: "where to listen; port 0 is a free one (default: 127.0.0.1:8484)",
    helpValue: "HOST:PORT",
    helpGroup,
  }),
  "public-url": Flags.string({ summary: "the URL at which clients reach the server, if a proxy is in front", helpValue: "URL", helpGroup }),
  "tls-cert": Flags.string({
    summary: "speak TLS with this certificate, and those that lead to its authority; read again when it changes",
    helpValue: "FILE",
    helpGroup,
  }),
  "tls-key": Flags.string({ summary: "the private key of the certificate", helpValue: "FILE", helpGroup }),
  "metrics-listen": Flags.string({
    summary: "serve metrics for Prometheus here, at /metrics (default: nowhere); without a key and without TLS",
    helpValue: "HOST:PORT",
    helpGroup,
  }),
  traces: Flags.string({
    summary: "send traces to this collector of OpenTelemetry (default: OTEL_EXPORTER_OTLP_ENDPOINT, or nowhere)",
    helpValue: "URL|off",
    helpGroup,
  }),
  "encryption-key": Flags.string({
    summary: "encrypt documents and secrets in the database: a key file of ib encryption new-key, or the ARN of a key of KMS",
    helpValue: "FILE|ARN",
    helpGroup,
  }),
  "resource-keys": Flags.string({
    summary: "whether resources are encrypted under the keys of KMS that they name, or these are stored only (default: keep)",
    helpValue: "use|keep",
    helpGroup,
  }),
  catalogue: Flags.string({
    summary: "a folder with components and workflows of one's own, listed in its catalogue.yaml; all accounts can use them",
    helpValue: "FOLDER",
    helpGroup,
  }),
  "debian-mirror": Flags.string({
    summary: "where the release dates of the Debian base images are; none asks nowhere (default: the mirror of this machine's apt)",
    helpValue: "URL|none",
    helpGroup,
  }),
  "event-webhook": Flags.string({
    summary: "tell this URL what happens, as signed webhooks; several with commas between them",
    helpValue: "URL",
    helpGroup,
  }),
  "event-webhook-secret-file": Flags.string({
    summary:
      "the file with the secret that signs webhooks; one that is missing is made (default: webhook-secret in the data folder's server/)",
    helpValue: "FILE",
    helpGroup,
  }),
  "event-bus": Flags.string({ summary: "put what happens on this bus of EventBridge", helpValue: "NAME|ARN", helpGroup }),
  "event-source": Flags.string({
    summary: "the source of these events; AWS takes none that begins with aws. (default: imagewright)",
    helpValue: "TEXT",
    helpGroup,
  }),
  sns: Flags.string({
    summary: "whether the SNS topics of images and of waiting steps are told (default: on if something says how AWS is reached)",
    helpValue: "on|off",
    helpGroup,
  }),
  regions: Flags.string({
    summary: "the Regions to serve, with commas between them (default: us-east-1)",
    helpValue: "REGIONS",
    helpGroup,
  }),
  account: Flags.string({ summary: "the account that has the root key (default: 000000000000)", helpValue: "ACCOUNT", helpGroup }),
  "database-url": Flags.string({ summary: "a Postgres database to use instead of the embedded one", helpValue: "URL", helpGroup }),
};

/** For commands that read or change what the service has stored. */
export const planeFlags = {
  "database-url": serviceFlags["database-url"],
  "encryption-key": serviceFlags["encryption-key"],
  ...dataFlags,
};

/** For commands that show what comes with the service. */
export const catalogueFlags = { catalogue: serviceFlags.catalogue };

type ServiceFlag = keyof typeof serviceFlags;

type GivenFlags = Readonly<Partial<Record<keyof typeof dataFlags | keyof typeof awsFlags | ServiceFlag, string | undefined>>> & {
  readonly "no-private-addresses"?: boolean;
};

/** The configuration with a command's flags. Faults of the configuration file are reported. */
export async function readConfiguration(flags: GivenFlags, report: (found: readonly Diagnostic[]) => void): Promise<Configuration> {
  const { configuration, diagnostics } = await openFor(flags);
  report(diagnostics);
  return configuration;
}

/** As `readConfiguration`, for commands that write to the folders: under sudo these must be folders that only root can change. */
export async function readConfigurationToWrite(flags: GivenFlags, report: (found: readonly Diagnostic[]) => void): Promise<Configuration> {
  const configuration = await readConfiguration(flags, report);
  if (isUnderSudo(process.env)) await requireRootsFolders(configuration);
  return configuration;
}

/**
 * As `readConfiguration`, with the configuration file's name. A flag that is given and empty is wrong usage: mostly it is a variable of a
 * script that is not set, and the default would be another database, or another folder. Throws WrongUsage.
 */
export function openFor(flags: GivenFlags) {
  const given = {
    "--data-dir": flags["data-dir"],
    "--region": flags.region,
    "--profile": flags.profile,
    "--endpoint-url": flags["endpoint-url"],
    "--role-arn": flags["role-arn"],
    "--listen": flags.listen,
    "--public-url": flags["public-url"],
    "--tls-cert": flags["tls-cert"],
    "--tls-key": flags["tls-key"],
    "--metrics-listen": flags["metrics-listen"],
    "--traces": flags.traces,
    "--encryption-key": flags["encryption-key"],
    "--resource-keys": flags["resource-keys"],
    "--catalogue": flags.catalogue,
    "--debian-mirror": flags["debian-mirror"],
    "--event-webhook": flags["event-webhook"],
    "--event-webhook-secret-file": flags["event-webhook-secret-file"],
    "--event-bus": flags["event-bus"],
    "--event-source": flags["event-source"],
    "--sns": flags.sns,
    "--regions": flags.regions,
    "--account": flags.account,
    "--database-url": flags["database-url"],
  };
  for (const [name, value] of Object.entries(given)) if (value === "") throw wrongUsage(`${name} must not be empty`);
  return openConfiguration({
    flags: { ...given, "--no-private-addresses": flags["no-private-addresses"] },
    environment: process.env,
  });
}
