// The real `aws` on a server that builds, as a person types its commands.
import { mkdtempSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { chooseBuildHost } from "@imagewright/build-hosts";
import { outputInside } from "@imagewright/build-hosts/output-inside";
import type { Api, OperationName } from "@imagewright/imagebuilder-model";
import { awsCommandOf, operationsOfAws, runAws, type AwsServer } from "@imagewright/test-kit";
import { expect } from "@jest/globals";
import { ib } from "../ib.js";
import { importSmallImage } from "../small-image.js";
import { serve, withReachableFolder, type ServedJson } from "./service.js";

const ENDED: readonly (string | undefined)[] = ["AVAILABLE", "FAILED", "CANCELLED"];
// each look is a process
const BETWEEN_LOOKS = 1_000;

/** The Dockerfile template that has everything that a recipe with components needs. */
export const DOCKERFILE = `FROM {{{ imagebuilder:parentImage }}}
{{{ imagebuilder:environments }}}
{{{ imagebuilder:components }}}
`;

/** A server, and a version of `aws` that calls it. */
export class AwsOnServer {
  /** The ARNs of what the first account of the server creates begin so. */
  readonly own: string;
  readonly #names = new Set<string>();

  constructor(
    private readonly aws: string,
    private readonly served: ServedJson,
    readonly folder: string,
  ) {
    this.own = `arn:aws:imagebuilder:${this.#server.region}:${served.account}:`;
  }

  get #server(): AwsServer {
    const { endpoint, regions, credentialsFile } = this.served;
    const environment = { PATH: process.env["PATH"], HOME: this.folder, AWS_SHARED_CREDENTIALS_FILE: credentialsFile };
    return { endpoint, region: regions[0] ?? "", environment };
  }

  /** Whether this version of `aws` has an operation. */
  knows(operation: OperationName): boolean {
    return operationsOfAws(this.aws, [operation]).length > 0;
  }

  /** The answer of an operation, called with the words of a command line. */
  async call<Name extends OperationName>(operation: Name, ...words: readonly string[]): Promise<Api.Operations[Name]["output"]> {
    const { status, stdout, stderr } = await runAws(this.aws, [awsCommandOf(operation), ...words], this.#server);
    expect([operation, status, stderr]).toEqual([operation, 0, ""]);
    return JSON.parse(stdout === "" ? "{}" : stdout) as Api.Operations[Name]["output"];
  }

  /** Calls an operation with an input from a file, as `--cli-input-json file://…`. */
  async callWithFile<Name extends OperationName>(operation: Name, input: object): Promise<Api.Operations[Name]["output"]> {
    return this.call(operation, "--cli-input-json", await this.file(`${awsCommandOf(operation)}.json`, JSON.stringify(input, null, 2)));
  }

  /** Writes a file, and returns its address for `aws`. */
  async file(name: string, text: string): Promise<string> {
    await writeFile(join(this.folder, name), text);
    return `file://${join(this.folder, name)}`;
  }

  /** Creates a component from a file; returns the ARN of its build. */
  async component(name: string, semanticVersion: string, document: string): Promise<string> {
    const data = await this.file(`${name}.yaml`, document);
    const words = ["--name", name, "--semantic-version", semanticVersion, "--platform", "Linux", "--data", data];
    return (await this.call("CreateComponent", ...words)).componentBuildVersionArn ?? "";
  }

  async image(arn: string): Promise<Api.Image> {
    return (await this.call("GetImage", "--image-build-version-arn", arn)).image ?? {};
  }

  /** Waits until the creation of an image has ended; what it has made is removed afterwards. */
  async ended(arn: string): Promise<Api.Image> {
    for (;;) {
      const image = await this.image(arn);
      for (const { imageUris = [] } of image.outputResources?.containers ?? []) for (const name of imageUris) this.#names.add(name);
      if (ENDED.includes(image.state?.status)) return image;
      await sleep(BETWEEN_LOOKS);
    }
  }

  /** Waits until an image has a state; throws if its creation ends in another one. */
  async reaches(arn: string, status: string): Promise<void> {
    for (;;) {
      const { state } = await this.image(arn);
      if (state?.status === status) return;
      if (ENDED.includes(state?.status)) throw new Error(`${arn} is ${state?.status}: ${state?.reason}`);
      await sleep(BETWEEN_LOOKS);
    }
  }

  /** The workflows of an image: `BUILD COMPLETED: LaunchBuildInstance COMPLETED, …`. */
  async workflows(arn: string): Promise<readonly string[]> {
    const { workflowExecutions = [] } = await this.call("ListWorkflowExecutions", "--image-build-version-arn", arn);
    const lines: string[] = [];
    for (const { workflowExecutionId = "", type, status } of workflowExecutions) {
      const { steps = [] } = await this.call("ListWorkflowStepExecutions", "--workflow-execution-id", workflowExecutionId);
      lines.push(`${type} ${status}: ${steps.map((step) => `${step.name} ${step.status}`).join(", ")}`);
    }
    return lines;
  }

  /** The output of a command in a container from an image that was made. */
  inside(image: Api.Image, ...command: readonly string[]): Promise<string> {
    const [name = ""] = image.outputResources?.containers?.[0]?.imageUris ?? [];
    return outputInside(name, command, { stateFolder: mkdtempSync(join(this.folder, "look-")) });
  }

  /** Removes what images have left in the engine. */
  async removeMade(): Promise<void> {
    const { host } = await chooseBuildHost({ preferred: undefined, stateFolder: mkdtempSync(join(this.folder, "removal-")) });
    for (const name of this.#names) await host.removeImage(name);
  }
}

/** Runs the body with a server that has nothing yet: an empty data folder, a database of its own, the engine of this machine. */
export function withEmptyMachine(
  aws: string,
  body: (machine: AwsOnServer) => Promise<void>,
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  return withReachableFolder(async (folder) => {
    const server = serve(["--role", "all"], { folder, environment: { PATH: process.env["PATH"] ?? "", ...environment } });
    try {
      const machine = new AwsOnServer(aws, await server.answering, folder);
      await body(machine).finally(() => machine.removeMade());
    } finally {
      server.child.kill("SIGTERM");
      await server.ended;
      await ib(["serve", "stop"], { folder });
    }
  });
}

/** Runs the body with a small parent image for containers, which needs no network. */
export async function withSmallParent(folder: string, body: (parent: string) => Promise<void>): Promise<void> {
  const { host } = await chooseBuildHost({ preferred: undefined, stateFolder: mkdtempSync(join(folder, "parent-")) });
  const parent = `localhost/imagewright-test/aws:${process.pid}`;
  await importSmallImage(host, parent);
  await body(parent).finally(() => host.removeImage(parent));
}
