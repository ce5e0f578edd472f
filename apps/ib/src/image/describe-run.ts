import type { ControlPlane, ListedImage } from "@imagewright/control-plane";
import type { Api, ApiCaller } from "@imagewright/imagebuilder-model";
import { answerTo } from "./named-image.js";

export interface ShownStep {
  readonly id: string;
  readonly name: string;
  readonly action: string;
  readonly status: string;
  /** Null as long as it has not ended. */
  readonly seconds: number | null;
  readonly message: string | null;
}

export interface ShownWorkflow extends Omit<ShownStep, "name" | "action"> {
  readonly type: string;
  readonly arn: string;
  readonly steps: readonly ShownStep[];
}

/** An image with the runs of its workflows. */
export interface ShownImage {
  readonly arn: string;
  readonly name: string;
  readonly version: string;
  readonly build: number;
  readonly status: string;
  readonly reason: string | null;
  readonly createdAt: string;
  readonly pipelineArn: string | null;
  readonly workflows: readonly ShownWorkflow[];
  /** The names of its container images. */
  readonly containers: readonly string[];
}

/** What there is to see of an image and its workflows. Errors: call-refused. */
export async function describeImageRun(plane: Pick<ControlPlane, "call">, image: ListedImage, caller: ApiCaller): Promise<ShownImage> {
  const { arn, name, version, build, status, reason, createdAt, pipelineArn, outputResources } = image;
  const workflows: ShownWorkflow[] = [];
  for (const execution of await executionsOf(plane, arn, caller)) {
    const { workflowExecutionId: id = "", workflowBuildVersionArn = "", type = "", message = null } = execution;
    const steps = await stepsOf(plane, id, caller);
    const ended = { id, status: execution.status ?? "", seconds: secondsOf(execution), message };
    workflows.push({ ...ended, type, arn: workflowBuildVersionArn, steps: steps.map(shownStep) });
  }
  return {
    ...{ arn, name, version, build, status, reason: reason ?? null, createdAt: createdAt.toISOString(), pipelineArn: pipelineArn ?? null },
    ...{ workflows, containers: outputResources?.containers?.flatMap(({ imageUris = [] }) => imageUris) ?? [] },
  };
}

async function executionsOf(plane: Pick<ControlPlane, "call">, imageBuildVersionArn: string, caller: ApiCaller) {
  return allPages(async (page) => {
    const { workflowExecutions = [], nextToken } = await answerTo(
      plane.call("ListWorkflowExecutions", { imageBuildVersionArn, ...page }, caller),
    );
    return { items: workflowExecutions, nextToken };
  });
}

async function stepsOf(plane: Pick<ControlPlane, "call">, workflowExecutionId: string, caller: ApiCaller) {
  return allPages(async (page) => {
    const { steps = [], nextToken } = await answerTo(plane.call("ListWorkflowStepExecutions", { workflowExecutionId, ...page }, caller));
    return { items: steps, nextToken };
  });
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken: string | undefined;
}

async function allPages<Item>(ask: (page: { readonly nextToken?: string }) => Promise<Page<Item>>): Promise<readonly Item[]> {
  const first = await ask({});
  const all = [...first.items];
  for (let token = first.nextToken; token !== undefined;) {
    const { items, nextToken } = await ask({ nextToken: token });
    all.push(...items);
    token = nextToken;
  }
  return all;
}

function shownStep({ stepExecutionId: id = "", name = "", action = "", status, message, ...times }: Api.WorkflowStepMetadata): ShownStep {
  return { id, name, action, status: status ?? "", seconds: secondsOf(times), message: message ?? null };
}

function secondsOf({
  startTime,
  endTime,
}: {
  readonly startTime?: string | undefined;
  readonly endTime?: string | undefined;
}): number | null {
  return startTime === undefined || endTime === undefined ? null : Math.max(0, Date.parse(endTime) - Date.parse(startTime)) / 1000;
}
