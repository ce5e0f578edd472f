import { resolve } from "node:path";
import { SourceFile, renderText } from "@imagewright/diagnostics";
import { describe, expect, test } from "@jest/globals";
import { awsSettings } from "./aws-settings.js";
import { readConfigFile, type FileSettings } from "./config-file.js";
import type { Configuration } from "./configuration.js";
import { resolveConfiguration, type Sources } from "./resolve-configuration.js";
import { describeOrigin, type ConfiguredValue } from "./configured-value.js";
import { stepEnvironment } from "./step-environment.js";

const USER = { home: "/home/me", isRoot: false };

function resolved(sources: Partial<Omit<Sources, "file">> & { readonly file?: FileSettings }): Configuration {
  const file = sources.file && { path: "/etc/imagewright/config.yaml", settings: sources.file };
  return resolveConfiguration({ flags: {}, environment: {}, user: USER, ...sources, file });
}

const shown = (setting: ConfiguredValue<string> | undefined) => setting && `${setting.value} (${describeOrigin(setting.origin)})`;

describe("a setting", () => {
  const FILE = { dataFolder: "images", aws: { region: "eu-south-1", profile: "file", endpoint: "http://file", roleArn: "arn:file" } };
  const ENVIRONMENT = { IMAGEWRIGHT_HOME: "/env", AWS_REGION: "eu-west-1", AWS_PROFILE: "env", AWS_ENDPOINT_URL: "http://env" };
  const FLAGS = {
    "--data-dir": "here",
    "--region": "eu-north-1",
    "--profile": "flag",
    "--endpoint-url": "http://flag",
    "--role-arn": "arn:flag",
  };
  const settings = ({ dataFolder, region, profile, endpoint, roleArn }: Configuration) =>
    [dataFolder, region, profile, endpoint, roleArn].map(shown);

  test("comes from a flag, then the environment, then the file, then the default", () => {
    expect(settings(resolved({ flags: FLAGS, environment: ENVIRONMENT, file: FILE }))).toEqual([
      // what is kept there is told to others, who may be in another folder
      `${resolve("here")} (from --data-dir)`,
      "eu-north-1 (from --region)",
      "flag (from --profile)",
      "http://flag (from --endpoint-url)",
      "arn:flag (from --role-arn)",
    ]);
    expect(settings(resolved({ environment: ENVIRONMENT, file: FILE }))).toEqual([
      "/env (from IMAGEWRIGHT_HOME)",
      "eu-west-1 (from AWS_REGION)",
      "env (from AWS_PROFILE)",
      "http://env (from AWS_ENDPOINT_URL)",
      "arn:file (from /etc/imagewright/config.yaml)",
    ]);
    expect(settings(resolved({ file: FILE }))).toEqual([
      "/etc/imagewright/images (from /etc/imagewright/config.yaml)",
      "eu-south-1 (from /etc/imagewright/config.yaml)",
      "file (from /etc/imagewright/config.yaml)",
      "http://file (from /etc/imagewright/config.yaml)",
      "arn:file (from /etc/imagewright/config.yaml)",
    ]);
    expect(settings(resolved({}))).toEqual(["/home/me/.local/share/imagewright (default)", undefined, undefined, undefined, undefined]);
  });

  test("is not set by an empty variable", () => {
    expect(settings(resolved({ environment: { IMAGEWRIGHT_HOME: "", AWS_REGION: "", XDG_DATA_HOME: "" } }))[0]).toBe(
      "/home/me/.local/share/imagewright (default)",
    );
  });
});

test.each([
  ["root's is the machine's", { user: { home: "/root", isRoot: true } }, "/var/lib/imagewright/state (default)"],
  ["a user's is in the home folder", {}, "/home/me/.local/state/imagewright (default)"],
  ["a user's of Windows", { user: { home: "/u", isRoot: false, isOnWindows: true } }, "/u/AppData/Local/imagewright/state (default)"],
  [
    "LOCALAPPDATA, which Windows sets",
    { user: { home: "/u", isRoot: false, isOnWindows: true }, environment: { LOCALAPPDATA: "/l", XDG_STATE_HOME: "/s" } },
    "/l/imagewright/state (from LOCALAPPDATA)",
  ],
  [
    "an administrator's of Windows is the machine's",
    { user: { home: "/u", isRoot: true, isOnWindows: true }, environment: { LOCALAPPDATA: "/l", ProgramData: "/p" } },
    "/p/imagewright/state (from ProgramData)",
  ],
  ["XDG_STATE_HOME moves it", { environment: { XDG_STATE_HOME: "/s" } }, "/s/imagewright (from XDG_STATE_HOME)"],
  ["the file moves it", { file: { stateFolder: "/f" } }, "/f (from /etc/imagewright/config.yaml)"],
  ["IMAGEWRIGHT_HOME has it", { environment: { IMAGEWRIGHT_HOME: "/h" }, file: { stateFolder: "/f" } }, "/h/state (from IMAGEWRIGHT_HOME)"],
  ["--data-dir has it", { flags: { "--data-dir": "/d" }, environment: { IMAGEWRIGHT_HOME: "/h" } }, "/d/state (from --data-dir)"],
  [
    "--state-directory wins",
    { flags: { "--state-directory": "/x" }, environment: { IMAGEWRIGHT_HOME: "/h" } },
    "/x (from --state-directory)",
  ],
])("the state folder: %s", (_, sources, expected) => {
  expect(shown(resolved(sources).stateFolder)).toBe(expected);
});

describe("keys of AWS", () => {
  const environment = { AWS_ACCESS_KEY_ID: "K", AWS_SECRET_ACCESS_KEY: "S", AWS_SESSION_TOKEN: "T", AWS_ENDPOINT_URL_S3: "http://s3" };

  test("come from the environment, unless a flag names a profile", () => {
    expect(awsSettings(resolved({ environment }))).toMatchObject({
      credentials: { accessKeyId: "K", secretAccessKey: "S", sessionToken: "T" },
      endpoints: { s3: "http://s3" },
    });
    const flags = { "--profile": "other", "--endpoint-url": "http://flag" };
    const chosen = resolved({ environment, flags });
    expect(awsSettings(chosen)).toMatchObject({ credentials: undefined, profile: "other", endpoint: "http://flag", endpoints: {} });
    expect(stepEnvironment(chosen, { ...environment, HOME: "/root" })).toEqual({
      ...{ HOME: "/root", AWS_PROFILE: "other", AWS_ENDPOINT_URL: "http://flag", AWS_ENDPOINT_URL_S3: "http://s3" },
    });
  });
});

describe("private addresses", () => {
  const name = "IMAGEWRIGHT_PRIVATE_ADDRESSES";

  test.each([
    ["are allowed by default", {}, "allowed (default)"],
    ["the file forbids them", { file: { privateAddresses: "forbidden" as const } }, "forbidden (from /etc/imagewright/config.yaml)"],
    [
      "the environment wins",
      { environment: { [name]: "allowed" }, file: { privateAddresses: "forbidden" as const } },
      `allowed (from ${name})`,
    ],
    [
      "the flag forbids them",
      { flags: { "--no-private-addresses": true }, environment: { [name]: "allowed" } },
      "forbidden (from --no-private-addresses)",
    ],
  ])("%s", (_, sources, expected) => expect(shown(resolved(sources).privateAddresses)).toBe(expected));

  test("steps are told; a misspelled value is refused", () => {
    const chosen = resolved({ flags: { "--no-private-addresses": true } });
    expect(stepEnvironment(chosen, { [name]: "allowed" })).toEqual({ [name]: "forbidden" });
    expect(() => resolved({ environment: { [name]: "forbiden" } })).toThrow(`${name} must be "allowed" or "forbidden"; found "forbiden"`);
  });
});

describe("the configuration file", () => {
  test("may be empty", () => {
    expect(readConfigFile(new SourceFile("config.yaml", "# nothing\n\n"))).toEqual({ settings: {}, diagnostics: [] });
  });

  test("is checked with places", () => {
    const text = "datafolder: /srv\naws:\n  region: Ireland\n  roleArn: builder\n  endpoint: s3.example\n";
    expect(renderText(readConfigFile(new SourceFile("config.yaml", text)).diagnostics)).toMatchSnapshot();
  });
});
