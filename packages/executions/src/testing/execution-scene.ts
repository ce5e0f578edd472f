import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { agentExecutable } from "@imagewright/agent";
import { chooseBuildHost, type ContainerHost } from "@imagewright/build-hosts";
import { outputInside } from "@imagewright/build-hosts/output-inside";
import { importSmallImage } from "@imagewright/build-hosts/small-image";
import { createControlPlane, type ControlPlane } from "@imagewright/control-plane";
import { createTestDatabase, type TestDatabase } from "@imagewright/embedded-database/testing";
import type { Api, OperationName } from "@imagewright/imagebuilder-model";
import { Client } from "pg";

// images are named after their account: what another run beside this one makes, or a killed one has left, has other names
export const ACCOUNT = String(100_000_000_000 + process.pid);
export const REGION = "eu-west-1";

const PROGRAM = fileURLToPath(new URL("../../dist/testing/server-program.js", import.meta.url));
const ENDED: readonly (string | undefined)[] = ["AVAILABLE", "FAILED", "CANCELLED"];

/** The commands of the phases of a component. */
export type Commands = Readonly<Record<string, readonly string[]>>;

export interface ServeOptions {
  /** Variables of the environment, such as those by which S3 is reached. */
  readonly environment?: Readonly<Record<string, string>>;
  /** How often what is left over is removed, in milliseconds. */
  readonly sweep?: number;
  /** Whether logs go to CloudWatch Logs. */
  readonly cloudWatch?: boolean;
}

/** A control plane on a database of its own, a build host with a state of its own, and servers that run images with them. */
export class ExecutionScene {
  readonly #servers = new Set<ChildProcess>();
  /** What servers have said that keeps them from working. */
  problems = "";

  private constructor(
    readonly folder: string,
    readonly database: TestDatabase,
    readonly plane: ControlPlane,
    readonly host: ContainerHost,
    /** A small image with the libraries that the agent needs. */
    readonly parent: string,
  ) {}

  static async open(): Promise<ExecutionScene> {
    const folder = mkdtempSync(join(tmpdir(), "imagewright-executions-"));
    const database = await createTestDatabase({ name: "executions-empty", migrate: () => Promise.resolve() });
    const plane = await createControlPlane({
      ...{ database: database.url, clock: () => new Date(), random: randomBytes, regions: [REGION] },
      readObject: () => Promise.reject(new Error("there is no S3")),
    });
    const { host } = await chooseBuildHost({ preferred: "buildah", stateFolder: join(folder, "state") });
    const parent = `localhost/imagewright-test/executions:${process.pid}`;
    await importSmallImage(host, parent, [agentExecutable()]);
    return new ExecutionScene(folder, database, plane, host, parent);
  }

  /** Ends the servers, and removes what they have made. */
  async close(): Promise<void> {
    await this.endServers();
    await this.host.removeOrphans(new Set());
    for (const tag of await this.tags()) await this.host.removeImage(tag);
    await this.host.removeImage(this.parent);
    await this.plane.close();
    await this.database.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Starts a server in a process of its own, with the data folder of that name; returns when it runs. */
  async serve(data = "data", most = 2, { environment = {}, cloudWatch = false, sweep }: ServeOptions = {}): Promise<ChildProcess> {
    const parameters = [this.database.url, join(this.folder, data), join(this.folder, "state"), agentExecutable(), String(most)];
    const server = spawn(process.execPath, [PROGRAM, ...parameters, ...(cloudWatch ? ["cloudwatch"] : [])], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...(sweep !== undefined && { SWEEP_MILLISECONDS: String(sweep) }), ...environment },
    });
    server.stderr?.on("data", (chunk: Buffer) => (this.problems += chunk.toString()));
    this.#servers.add(server);
    await once(server.stdout ?? server, "data");
    return server;
  }

  /** Ends the servers that a test has left. */
  async endServers(): Promise<void> {
    for (const server of this.#servers) await this.end(server, "SIGKILL");
  }

  async end(server: ChildProcess, signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
    this.#servers.delete(server);
    if (server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, "exit");
    server.kill(signal);
    await exited;
  }

  call<Name extends OperationName>(name: Name, input: object, account = ACCOUNT): Promise<Api.Operations[Name]["output"]> {
    const token = /^(Create|Start|Cancel|Retry|Send)/.test(name) ? { clientToken: randomUUID() } : {};
    const caller = { account, region: REGION, principal: `arn:aws:iam::${account}:root` };
    return this.plane.call(name, { ...token, ...input } as Api.Operations[Name]["input"], caller);
  }

  /** What an operation answers instead of an output. */
  async refused(name: OperationName, input: object): Promise<string> {
    return this.call(name, input).then(
      (answer) => `no error: ${JSON.stringify(answer)}`,
      (thrown: Error) => thrown.message,
    );
  }

  /** Makes a container recipe of one component and asks for its image; returns the ARN of the build. */
  async createImage(name: string, commands: Commands, { more = {}, recipe = {}, account = ACCOUNT } = {}): Promise<string> {
    const infrastructureConfigurationArn = await this.infrastructure(name, {}, account);
    const containerRecipeArn = await this.recipe(name, commands, recipe, account);
    const input = { containerRecipeArn, infrastructureConfigurationArn, ...more };
    return (await this.call("CreateImage", input, account)).imageBuildVersionArn ?? "";
  }

  async infrastructure(name: string, more: object = {}, account = ACCOUNT): Promise<string> {
    const input = { name, instanceProfileName: "builder", ...more };
    return (await this.call("CreateInfrastructureConfiguration", input, account)).infrastructureConfigurationArn ?? "";
  }

  async recipe(name: string, commands: Commands, more: object = {}, account = ACCOUNT): Promise<string> {
    const componentArn = await this.component(name, commands, account);
    const answer = await this.call(
      "CreateContainerRecipe",
      {
        ...{ containerType: "DOCKER", name, semanticVersion: "1.0.0", parentImage: this.parent, components: [{ componentArn }] },
        ...{ targetRepository: { service: "ECR", repositoryName: name }, dockerfileTemplateData: TEMPLATE },
        ...more,
      },
      account,
    );
    return answer.containerRecipeArn ?? "";
  }

  async component(name: string, commands: Commands, account = ACCOUNT, semanticVersion = "1.0.0"): Promise<string> {
    const phases = Object.entries(commands).map(([phase, lines]) => ({
      ...{ name: phase, steps: [{ name: "Only", action: "ExecuteBash", inputs: { commands: lines } }] },
    }));
    const input = { name, semanticVersion, platform: "Linux", data: JSON.stringify({ schemaVersion: "1.0", phases }) };
    return (await this.call("CreateComponent", input, account)).componentBuildVersionArn ?? "";
  }

  async image(arn: string, account = ACCOUNT): Promise<Api.Image> {
    return (await this.call("GetImage", { imageBuildVersionArn: arn }, account)).image ?? {};
  }

  /** Waits until the image has a state, or has ended. */
  async until(arn: string, status: string, account = ACCOUNT): Promise<Api.Image> {
    for (;;) {
      const image = await this.image(arn, account);
      if (image.state?.status === status || ENDED.includes(image.state?.status)) return image;
      await sleep(50);
    }
  }

  async ended(arn: string, account = ACCOUNT): Promise<Api.Image> {
    return this.until(arn, "AVAILABLE", account);
  }

  /** The workflows of an image: `BUILD COMPLETED: Launch COMPLETED, …`. */
  async workflows(arn: string): Promise<readonly string[]> {
    const { workflowExecutions = [] } = await this.call("ListWorkflowExecutions", { imageBuildVersionArn: arn });
    return Promise.all(
      workflowExecutions.map(async ({ workflowExecutionId, type, status }) => {
        const { steps = [] } = await this.call("ListWorkflowStepExecutions", { workflowExecutionId });
        return `${type} ${status}: ${steps.map((step) => `${step.name} ${step.status}`).join(", ")}`;
      }),
    );
  }

  /** The outputs of steps of an image, as JSON. */
  async outputs(arn: string, names: readonly string[]): Promise<readonly string[]> {
    const { workflowExecutions = [] } = await this.call("ListWorkflowExecutions", { imageBuildVersionArn: arn });
    const found: string[] = [];
    for (const { workflowExecutionId } of workflowExecutions) {
      const { steps = [] } = await this.call("ListWorkflowStepExecutions", { workflowExecutionId });
      for (const step of steps) if (names.includes(step.name ?? "")) found.push(await this.#outputsOf(step.stepExecutionId));
    }
    return found;
  }

  async #outputsOf(stepExecutionId: string | undefined): Promise<string> {
    return (await this.call("GetWorkflowStepExecution", { stepExecutionId })).outputs ?? "";
  }

  /** Waits until a step of a workflow of the image is RUNNING, and returns its id. */
  async running(arn: string, name: string): Promise<string> {
    for (;;) {
      const { workflowExecutions = [] } = await this.call("ListWorkflowExecutions", { imageBuildVersionArn: arn });
      for (const { workflowExecutionId } of workflowExecutions) {
        const { steps = [] } = await this.call("ListWorkflowStepExecutions", { workflowExecutionId });
        const step = steps.find((one) => one.name === name && one.status === "RUNNING");
        if (step?.stepExecutionId !== undefined) return step.stepExecutionId;
      }
      if (ENDED.includes((await this.image(arn)).state?.status))
        throw new Error(`${arn} has ended: ${JSON.stringify(await this.image(arn))}`);
      await sleep(50);
    }
  }

  /** Waits until a step of the image waits for an action, and returns its id. */
  async waits(arn: string): Promise<string> {
    for (;;) {
      const { steps = [] } = await this.call("ListWaitingWorkflowSteps", {});
      const step = steps.find(({ imageBuildVersionArn }) => imageBuildVersionArn === arn);
      if (step?.stepExecutionId !== undefined) return step.stepExecutionId;
      if (ENDED.includes((await this.image(arn)).state?.status))
        throw new Error(`${arn} has ended: ${JSON.stringify(await this.image(arn))}`);
      await sleep(50);
    }
  }

  /** The lines of an image's log up to now: `Apply stdout hello`. */
  async log(arn: string): Promise<readonly string[]> {
    const { lines } = await this.plane.logs.read(arn, { limit: 100_000 });
    return lines.map(({ step, stream, text }) => `${step ?? "-"} ${stream} ${text}`);
  }

  /** The states of an image in the order of its events. */
  async states(arn: string): Promise<readonly string[]> {
    const rows = await this.query<{ state: string }>(
      `select state from event_outbox where subject = '${arn}' and type = 'image.state-changed' order by id`,
    );
    return rows.map(({ state }) => state);
  }

  async query<Row>(text: string): Promise<readonly Row[]> {
    const client = new Client({ connectionString: this.database.url });
    // a test that kills connections kills this one too, also while it asks nothing; a query on it is rejected all the same
    client.on("error", () => undefined);
    await client.connect();
    try {
      return (await client.query(text)).rows as Row[];
    } finally {
      await client.end();
    }
  }

  /** The names of the images that servers have made for accounts, and of those that RetryImage would go on with. */
  async tags(): Promise<readonly string[]> {
    const rows = await this.query<{ arn: string; owner: string; region: string; slug: string; status: string }>(
      "select arn, owner, region, slug, status from resource where kind = 'image' and status in ('AVAILABLE', 'FAILED', 'CANCELLED')",
    );
    const tags = rows.map(({ arn, owner, region, slug, status }) => {
      const [, version, build] = /\/([\d.]+)\/(\d+)$/.exec(arn) ?? [];
      return `localhost/${owner}/${region}/${slug}:${version}-${build}${status === "AVAILABLE" ? "" : ".unfinished"}`;
    });
    const made = await Promise.all(tags.map(async (tag) => ((await this.host.resolveImage(tag)) === undefined ? [] : [tag])));
    return made.flat();
  }

  /** The output of a command in a container from an image. */
  inside(image: string, command: readonly string[]): Promise<string> {
    return outputInside(image, command, { engine: "buildah", stateFolder: join(this.folder, "state-of-looks") });
  }
}

const TEMPLATE = `FROM {{{ imagebuilder:parentImage }}}
{{{ imagebuilder:environments }}}
{{{ imagebuilder:components }}}
`;
