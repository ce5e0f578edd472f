import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

// by its path: another `aws` may come first on PATH
const OF_DEBIAN = "/usr/bin/aws";

/** Why there is no `aws` of Debian, where there is none. */
export const NO_AWS_OF_DEBIAN = "the package awscli is not installed";

/** The `aws` of the package awscli, if it is installed. */
export function awsOfDebian(): string | undefined {
  return existsSync(OF_DEBIAN) ? OF_DEBIAN : undefined;
}

/** The server that `aws` is to call, and the environment, with keys for it. */
export interface AwsServer {
  readonly endpoint: string;
  readonly region: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export interface AwsRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `aws imagebuilder`, always with the address of the server, since old versions read no other setting. It repeats no call. */
export function runAws(command: string, parameters: readonly string[], server: AwsServer): Promise<AwsRun> {
  const { endpoint, region } = server;
  const all = ["imagebuilder", ...parameters, "--endpoint-url", endpoint, "--region", region, "--output", "json"];
  return new Promise((resolve) => {
    execFile(command, all, { env: environmentOf(server), maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : typeof error.code === "number" ? error.code : 1, stdout, stderr });
    });
  });
}

/** The operations that a version of `aws` has, by the names of the API: what it lists when it is given one that does not exist. */
export function operationsOfAws(command: string, known: readonly string[]): string[] {
  const env = environmentOf({ region: "us-east-1" });
  const { stderr } = spawnSync(command, ["imagebuilder", "no-such-operation"], { encoding: "utf8", env });
  const listed = new Set(stderr.match(/[a-z]+(-[a-z]+)+/g));
  return known.filter((operation) => listed.has(awsCommandOf(operation)));
}

/** `get-image` for `GetImage`. */
export function awsCommandOf(operation: string): string {
  return operation.replaceAll(/(?<!^)[A-Z]/g, "-$&").toLowerCase();
}

function environmentOf({ region, environment = process.env }: Pick<AwsServer, "region" | "environment">) {
  return { ...environment, AWS_PAGER: "", AWS_DEFAULT_REGION: region, AWS_CONFIG_FILE: "/dev/null", AWS_MAX_ATTEMPTS: "1" };
}
