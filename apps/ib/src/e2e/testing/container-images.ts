// Container images that are asked for as clients do, and what became of them.
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  CreateComponentCommand,
  CreateContainerRecipeCommand,
  CreateImageCommand,
  CreateImagePipelineCommand,
  CreateInfrastructureConfigurationCommand,
  CreateWorkflowCommand,
  GetImageCommand,
  ListImageBuildVersionsCommand,
  ListWorkflowExecutionsCommand,
  ListWorkflowStepExecutionsCommand,
  ListWaitingWorkflowStepsCommand,
  SendWorkflowStepActionCommand,
  type CreateImageCommandInput,
  type Image,
  type ImagebuilderClient,
} from "@aws-sdk/client-imagebuilder";
import { chooseBuildHost, type ContainerHost } from "@imagewright/build-hosts";
import { Client } from "pg";
import { importSmallImage } from "../small-image.js";

const ENGINE = "buildah";
const ENDED: readonly (string | undefined)[] = ["AVAILABLE", "FAILED", "CANCELLED"];
const TEMPLATE = "FROM {{{ imagebuilder:parentImage }}}\n{{{ imagebuilder:environments }}}\n{{{ imagebuilder:components }}}\n";
const WAITING = "schemaVersion: 1.0\nsteps:\n  - { name: Ask, action: WaitForAction }\n";

/** Runs the body with a small image to build from, and the engine; removes that image, and those that the body names. */
export async function withParentImage(body: (parent: string, engine: EngineForTests) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "imagewright-parent-"));
  const { host } = await chooseBuildHost({ preferred: ENGINE, stateFolder: folder });
  const parent = `localhost/imagewright-test/upgrades-${randomUUID().slice(0, 8)}:1`;
  const engine = new EngineForTests(host);
  await importSmallImage(host, parent);
  // what a failed test has left must not hide why it failed
  const failure = await body(parent, engine).then(
    () => undefined,
    (thrown: unknown) => ({ thrown }),
  );
  const removed = engine.removeImages().then(() => host.removeImage(parent));
  await (failure === undefined ? removed : removed.catch(() => undefined));
  await rm(folder, { recursive: true, force: true });
  if (failure !== undefined) throw failure.thrown;
}

/** What images are looked into with. */
export class EngineForTests {
  readonly #tags = new Set<string>();

  constructor(private readonly host: ContainerHost) {}

  /** The output of a command in a container from an image. */
  readonly inside = async (image: string, command: readonly string[]): Promise<string> => {
    this.#tags.add(image);
    const machine = await this.host.launch({ kind: "container", image }, { owner: "look", token: randomUUID().slice(0, 8) });
    const job = await this.host.startJob(machine, { command }, "look");
    const from = { events: 0, stdout: 0, stderr: 0 };
    let reading = await this.host.readJob(job, from);
    while (reading.state.kind === "running") reading = await this.host.readJob(job, from);
    await this.host.terminate(machine);
    return Buffer.from(reading.stdout).toString();
  };

  async removeImages(): Promise<void> {
    for (const tag of this.#tags) await this.host.removeImage(tag);
  }
}

/** The engine that servers choose, which may be another one than that of the parent image; both have the same images. */
export async function engineOfServers(stateFolder: string): Promise<ContainerHost> {
  return (await chooseBuildHost({ preferred: undefined, stateFolder })).host;
}

/** What servers of that state folder have left in the engine. */
export async function leftInEngine(stateFolder: string): Promise<readonly unknown[]> {
  return (await engineOfServers(stateFolder)).removeOrphans(new Set());
}

/** Asks for images, of recipes with one component each. The engine has those of other tests, so their names end differently each time. */
export class ContainerImages {
  constructor(
    private readonly client: ImagebuilderClient,
    private readonly parent: string,
    private readonly suffix = randomUUID().slice(0, 8),
  ) {}

  /** The same images, asked for at another server. */
  at(client: ImagebuilderClient): ContainerImages {
    return new ContainerImages(client, this.parent, this.suffix);
  }

  /** An image whose container stays when it fails. */
  async createKept(name: string, build: string): Promise<string> {
    const sources = await this.#sources(name, build, { terminateInstanceOnFailure: false });
    return (await this.client.send(new CreateImageCommand(sources))).imageBuildVersionArn ?? "";
  }

  async create(name: string, build: string, more: Partial<CreateImageCommandInput> = {}): Promise<string> {
    const { imageBuildVersionArn = "" } = await this.client.send(
      new CreateImageCommand({ ...(await this.#sources(name, build)), ...more }),
    );
    return imageBuildVersionArn;
  }

  /** An image whose test waits for somebody. */
  async createWaiting(name: string, build: string): Promise<string> {
    const { workflowBuildVersionArn: workflowArn } = await this.client.send(
      new CreateWorkflowCommand({ name: this.nameOf(name), semanticVersion: "1.0.0", type: "TEST", data: WAITING }),
    );
    const executionRole = `arn:aws:iam::${workflowArn?.split(":")[4]}:role/runner`;
    return this.create(name, build, { executionRole, workflows: [{ workflowArn }] });
  }

  /** A pipeline that is due at once; returns the ARN that its image will have. */
  async schedule(name: string, build: string): Promise<string> {
    const sources = await this.#sources(name, build);
    const schedule = { scheduleExpression: "rate(1 day)" };
    const { imagePipelineArn = "" } = await this.client.send(
      new CreateImagePipelineCommand({ name: this.nameOf(name), ...sources, schedule }),
    );
    return `${imagePipelineArn.replace(":image-pipeline/", ":image/")}/1.0.0/1`;
  }

  /** The name of an image in the service. */
  nameOf(name: string): string {
    return `${name}-${this.suffix}`;
  }

  async #sources(given: string, build: string, infrastructure: object = {}) {
    const name = this.nameOf(given);
    const phases = [{ name: "build", steps: [{ name: "Only", action: "ExecuteBash", inputs: { commands: [build] } }] }];
    const data = JSON.stringify({ schemaVersion: "1.0", phases });
    const versioned = { name, semanticVersion: "1.0.0" };
    const { componentBuildVersionArn: componentArn } = await this.client.send(
      new CreateComponentCommand({ ...versioned, platform: "Linux", data }),
    );
    const { containerRecipeArn } = await this.client.send(
      new CreateContainerRecipeCommand({
        ...{ ...versioned, containerType: "DOCKER", parentImage: this.parent, components: [{ componentArn }] },
        ...{ targetRepository: { service: "ECR", repositoryName: name }, dockerfileTemplateData: TEMPLATE },
      }),
    );
    const { infrastructureConfigurationArn } = await this.client.send(
      new CreateInfrastructureConfigurationCommand({ name, instanceProfileName: "builder", ...infrastructure }),
    );
    return { containerRecipeArn, infrastructureConfigurationArn };
  }

  async image(imageBuildVersionArn: string): Promise<Image> {
    return (await this.client.send(new GetImageCommand({ imageBuildVersionArn }))).image ?? {};
  }

  /** Waits for the end of an image, also while no server or no database answers. */
  async ended(arn: string): Promise<Image> {
    for (;;) {
      const image = await this.image(arn).catch(() => undefined);
      if (ENDED.includes(image?.state?.status)) return image ?? {};
      await sleep(100);
    }
  }

  /** Waits until the server answers, and reaches its database. */
  async answers(): Promise<void> {
    const isReached = () =>
      this.client.send(new ListWaitingWorkflowStepsCommand({})).then(
        () => true,
        () => false,
      );
    while (!(await isReached())) await sleep(100);
  }

  /** The numbers of all builds of an image. */
  async builds(arn: string): Promise<readonly string[]> {
    const imageVersionArn = arn.slice(0, arn.lastIndexOf("/"));
    const { imageSummaryList = [] } = await this.client.send(new ListImageBuildVersionsCommand({ imageVersionArn }));
    return imageSummaryList.map(({ version = "" }) => version);
  }

  /** Waits until a step of a workflow of the image is RUNNING. */
  async running(imageBuildVersionArn: string, name: string): Promise<void> {
    for (;;) {
      const { workflowExecutions = [] } = await this.client.send(new ListWorkflowExecutionsCommand({ imageBuildVersionArn }));
      for (const { workflowExecutionId } of workflowExecutions) {
        const { steps = [] } = await this.client.send(new ListWorkflowStepExecutionsCommand({ workflowExecutionId }));
        if (steps.some((step) => step.name === name && step.status === "RUNNING")) return;
      }
      const { state } = await this.image(imageBuildVersionArn);
      if (ENDED.includes(state?.status)) throw new Error(`${imageBuildVersionArn} has ended: ${JSON.stringify(state)}`);
      await sleep(50);
    }
  }

  /** Waits until a step of the image waits for an action, and returns its id. */
  async waits(imageBuildVersionArn: string): Promise<string> {
    for (;;) {
      const { steps = [] } = await this.client.send(new ListWaitingWorkflowStepsCommand({}));
      const step = steps.find((one) => one.imageBuildVersionArn === imageBuildVersionArn);
      if (step?.stepExecutionId !== undefined) return step.stepExecutionId;
      const { state } = await this.image(imageBuildVersionArn);
      if (ENDED.includes(state?.status)) throw new Error(`${imageBuildVersionArn} has ended: ${JSON.stringify(state)}`);
      await sleep(50);
    }
  }

  async resume(imageBuildVersionArn: string, stepExecutionId: string): Promise<void> {
    await this.client.send(new SendWorkflowStepActionCommand({ imageBuildVersionArn, stepExecutionId, action: "RESUME" }));
  }
}

/** The name under which the engine has an image. */
export function tagOf(image: Image): string {
  return image.outputResources?.containers?.[0]?.imageUris?.[0] ?? "";
}

/** The states of an image in the order of its events. */
export async function statesOf(databaseUrl: string, arn: string): Promise<string> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ state: string }>(
    "select state from event_outbox where subject = $1 and type = 'image.state-changed' order by id",
    [arn],
  );
  await client.end();
  return rows.map(({ state }) => state).join(" ");
}
