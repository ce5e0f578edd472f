import { SourceFile, renderText } from "@imagewright/diagnostics";
import { expect, test } from "@jest/globals";
import { describeOrigin } from "./configured-value.js";
import { readConfigFile, type FileSettings } from "./config-file.js";
import { resolveConfiguration, type GivenFlags } from "./resolve-configuration.js";

const FILE: FileSettings = {
  service: {
    databaseUrl: "postgresql://file",
    listen: "127.0.0.3:0",
    publicUrl: "https://file",
    certificateFile: "cert.pem",
    keyFile: "/keys/key.pem",
    metricsListen: "127.0.0.3:1",
    traces: "http://file.test:4318",
    encryptionKey: "encryption.key",
    resourceKeys: "use",
    catalogueFolder: "own",
    debianMirror: "http://file.test/debian",
    eventWebhooks: ["https://file.test/a", "https://file.test/b"],
    eventWebhookSecretFile: "webhook-secret",
    eventBus: "file-bus",
    eventSource: "file.source",
    sns: "on",
    regions: ["eu-west-1", "eu-west-2"],
    account: "333333333333",
  },
};
const ENVIRONMENT = {
  IMAGEWRIGHT_DATABASE_URL: "postgresql://env",
  IMAGEWRIGHT_LISTEN: "127.0.0.2:0",
  IMAGEWRIGHT_PUBLIC_URL: "https://env",
  IMAGEWRIGHT_TLS_CERT: "env.pem",
  IMAGEWRIGHT_TLS_KEY: "env.key",
  IMAGEWRIGHT_METRICS_LISTEN: "127.0.0.2:1",
  IMAGEWRIGHT_TRACES: "http://env.test:4318",
  IMAGEWRIGHT_ENCRYPTION_KEY: "env.encryption",
  IMAGEWRIGHT_RESOURCE_KEYS: "keep",
  IMAGEWRIGHT_CATALOGUE: "env-own",
  IMAGEWRIGHT_DEBIAN_MIRROR: "http://env.test/debian",
  IMAGEWRIGHT_EVENT_WEBHOOK: "https://env.test/a, https://env.test/b",
  IMAGEWRIGHT_EVENT_WEBHOOK_SECRET_FILE: "env-secret",
  IMAGEWRIGHT_EVENT_BUS: "env-bus",
  IMAGEWRIGHT_EVENT_SOURCE: "env.source",
  IMAGEWRIGHT_SNS: "off",
  IMAGEWRIGHT_REGIONS: "eu-south-1, eu-south-1",
  IMAGEWRIGHT_ACCOUNT: "222222222222",
};
const FLAGS = {
  "--database-url": "postgresql://flag",
  "--listen": "127.0.0.1:0",
  "--public-url": "https://flag",
  "--tls-cert": "flag.pem",
  "--tls-key": "flag.key",
  "--metrics-listen": "127.0.0.1:1",
  "--traces": "off",
  "--encryption-key": "flag.encryption",
  "--resource-keys": "use",
  "--catalogue": "flag-own",
  "--debian-mirror": "none",
  "--event-webhook": "https://flag.test/",
  "--event-webhook-secret-file": "flag-secret",
  "--event-bus": "flag-bus",
  "--event-source": "flag.source",
  "--sns": "on",
  "--regions": "us-west-2",
  "--account": "111111111111",
};

interface Given {
  readonly flags?: GivenFlags;
  readonly environment?: Readonly<Record<string, string>>;
  readonly settings?: FileSettings;
}

function shown({ flags = {}, environment = {}, settings = {} }: Given): readonly unknown[] {
  const file = { path: "/etc/imagewright/config.yaml", settings };
  const { service } = resolveConfiguration({ flags, environment, file, user: { home: "/home/ada", isRoot: false } });
  const { databaseUrl, listen, publicUrl, certificateFile, keyFile, metricsListen, encryptionKey, ...others } = service;
  const {
    resourceKeys,
    catalogueFolder,
    debianMirror,
    regions,
    account,
    eventWebhooks,
    eventWebhookSecretFile,
    eventBus,
    eventSource,
    sns,
  } = others;
  const ofEvents = [eventWebhooks, eventWebhookSecretFile, eventBus, eventSource, sns];
  const first = [databaseUrl, listen, publicUrl, certificateFile, keyFile, metricsListen, encryptionKey, resourceKeys];
  return [...first, catalogueFolder, debianMirror, ...ofEvents, regions, account].map(
    (one) => one && [one.value, describeOrigin(one.origin)],
  );
}

test("each setting of the service comes from a flag, then the environment, then the file, then the default", () => {
  expect(shown({ flags: FLAGS, environment: ENVIRONMENT, settings: FILE })).toEqual([
    ["postgresql://flag", "from --database-url"],
    ["127.0.0.1:0", "from --listen"],
    ["https://flag", "from --public-url"],
    ["flag.pem", "from --tls-cert"],
    ["flag.key", "from --tls-key"],
    ["127.0.0.1:1", "from --metrics-listen"],
    ["flag.encryption", "from --encryption-key"],
    ["use", "from --resource-keys"],
    ["flag-own", "from --catalogue"],
    ["none", "from --debian-mirror"],
    [["https://flag.test/"], "from --event-webhook"],
    ["flag-secret", "from --event-webhook-secret-file"],
    ["flag-bus", "from --event-bus"],
    ["flag.source", "from --event-source"],
    ["on", "from --sns"],
    [["us-west-2"], "from --regions"],
    ["111111111111", "from --account"],
  ]);
  expect(shown({ environment: ENVIRONMENT, settings: FILE })).toEqual([
    ["postgresql://env", "from IMAGEWRIGHT_DATABASE_URL"],
    ["127.0.0.2:0", "from IMAGEWRIGHT_LISTEN"],
    ["https://env", "from IMAGEWRIGHT_PUBLIC_URL"],
    ["env.pem", "from IMAGEWRIGHT_TLS_CERT"],
    ["env.key", "from IMAGEWRIGHT_TLS_KEY"],
    ["127.0.0.2:1", "from IMAGEWRIGHT_METRICS_LISTEN"],
    ["env.encryption", "from IMAGEWRIGHT_ENCRYPTION_KEY"],
    ["keep", "from IMAGEWRIGHT_RESOURCE_KEYS"],
    ["env-own", "from IMAGEWRIGHT_CATALOGUE"],
    ["http://env.test/debian", "from IMAGEWRIGHT_DEBIAN_MIRROR"],
    [["https://env.test/a", "https://env.test/b"], "from IMAGEWRIGHT_EVENT_WEBHOOK"],
    ["env-secret", "from IMAGEWRIGHT_EVENT_WEBHOOK_SECRET_FILE"],
    ["env-bus", "from IMAGEWRIGHT_EVENT_BUS"],
    ["env.source", "from IMAGEWRIGHT_EVENT_SOURCE"],
    ["off", "from IMAGEWRIGHT_SNS"],
    [["eu-south-1"], "from IMAGEWRIGHT_REGIONS"],
    ["222222222222", "from IMAGEWRIGHT_ACCOUNT"],
  ]);
  const inFile = "from /etc/imagewright/config.yaml";
  expect(shown({ settings: FILE })).toEqual([
    ["postgresql://file", inFile],
    ["127.0.0.3:0", inFile],
    ["https://file", inFile],
    ["/etc/imagewright/cert.pem", inFile],
    ["/keys/key.pem", inFile],
    ["127.0.0.3:1", inFile],
    ["/etc/imagewright/encryption.key", inFile],
    ["use", inFile],
    ["/etc/imagewright/own", inFile],
    ["http://file.test/debian", inFile],
    [["https://file.test/a", "https://file.test/b"], inFile],
    ["/etc/imagewright/webhook-secret", inFile],
    ["file-bus", inFile],
    ["file.source", inFile],
    ["on", inFile],
    [["eu-west-1", "eu-west-2"], inFile],
    ["333333333333", inFile],
  ]);
  expect(shown({})).toEqual([
    undefined,
    ["127.0.0.1:8484", "default"],
    ...Array.from({ length: 13 }, () => undefined),
    [["us-east-1"], "default"],
    ["000000000000", "default"],
  ]);
});

test("what becomes of logs is said in the file alone, by known settings", () => {
  const read = (text: string) => readConfigFile(new SourceFile("config.yaml", `service:\n  logs: ${text}\n`));
  const { settings } = read("{ days: 90, cloudWatch: true }");
  const file = { path: "/etc/imagewright/config.yaml", settings };
  const { service } = resolveConfiguration({ flags: {}, environment: {}, file, user: { home: "/home/ada", isRoot: false } });
  expect(service.logs).toEqual({ value: { days: 90, cloudWatch: true }, origin: { kind: "file", path: file.path } });
  expect(service.quotas).toBeUndefined();
  expect(read("{ days: 0, cloudWatch: sometimes, s3: true }").diagnostics.map(({ code }) => code)).toHaveLength(3);
});

test("a fault of the service's settings in the file has its place", () => {
  const { diagnostics } = readConfigFile(new SourceFile("config.yaml", "service:\n  account: 12\n  regions: [Ireland]\n  port: 80\n"));
  expect(renderText(diagnostics)).toBe(`config.yaml:2:12: "service.account" must be an account: 12 digits; found "12" [value-not-allowed]
    account: 12
             ^~
config.yaml:3:13: "service.regions[0]" must be a region such as eu-west-1; found "Ireland" [value-not-allowed]
    regions: [Ireland]
              ^~~~~~~
config.yaml:4:3: "service": unknown key "port"; allowed: "account", "catalogueFolder", "certificateFile", "databaseUrl", "debianMirror", "encryptionKey", "eventBus", "eventSource", "eventWebhooks", "eventWebhookSecretFile", "keyFile", "listen", "logs", "metricsListen", "publicUrl", "quotas", "regions", "resourceKeys", "sns" or "traces" [unknown-key]
    port: 80
    ^~~~
3 errors
`);
});

test("quotas are in the file alone, and their faults have their places", () => {
  const quotas = { resources: { component: 1000, "image-recipe": 200 }, componentsOfRecipe: 30, callsPerSecond: 50 };
  const file = { path: "/etc/imagewright/config.yaml", settings: { service: { quotas } } };
  const resolved = resolveConfiguration({ flags: {}, environment: {}, file, user: { home: "/home/ada", isRoot: false } });
  expect(resolved.service.quotas).toEqual({ value: quotas, origin: { kind: "file", path: file.path } });
  const text = "service:\n  quotas:\n    componentsOfRecipe: 0\n    resources: { components: 3 }\n";
  const { diagnostics } = readConfigFile(new SourceFile("config.yaml", text));
  expect(diagnostics.map(({ message }) => message)).toEqual([
    '"service.quotas.componentsOfRecipe" must be at least 1; found 0',
    '"service.quotas.resources": unknown key "components"; allowed: "component", "container-recipe", "distribution-configuration", "image", "image-pipeline", "image-recipe", "infrastructure-configuration", "lifecycle-policy" or "workflow"; did you mean "component"?',
  ]);
});
