import { ApiError, resourceStateUpdates, type Api, type Checked, type ResourceStatus } from "@imagewright/imagebuilder-model";
import { changeResource } from "../../resources/change-resource.js";
import { changeImageState } from "../../executions/change-image-state.js";
import { detailOf } from "../../executions/image-detail.js";
import { addLifecycleExecution, lifecycleExecutionId, unendedLifecycle } from "../../lifecycles/lifecycle-executions.js";
import { invalidCombination, invalidValue } from "../../errors/api-errors.js";
import { defineOperation, type CallContext } from "../../operation-definition.js";
import { checkExecutionRole } from "./image-settings.js";
import { findOwnImage } from "./own-image.js";

const name = "StartResourceStateUpdate";

type Input = Checked<Api.StartResourceStateUpdateRequest>;
type OwnImage = Awaited<ReturnType<typeof findOwnImage>>;

/**
 * Changes the state of an image whose creation has ended: at once, or, for what it has distributed too or at a later time, by a lifecycle
 * execution, which is PENDING until something runs it. Source: API model.
 */
export const startResourceStateUpdate = defineOperation({
  name,
  run: async (input, context) => {
    const { resourceArn, executionRole, includeResources } = input;
    const image = await findOwnImage(context, resourceArn, { parameter: "resourceArn", types: ["image"], levels: ["build"] });
    const to = statusIn(input);
    const updateAt = timeIn(input, context);
    if ((executionRole === undefined) !== (includeResources === undefined))
      throw invalidCombination(name, "'executionRole' and 'includeResources' need each other; found one of them");
    if (executionRole !== undefined) checkExecutionRole(context, { executionRole });
    checkState(image, to);
    checkResources(input, image, to);
    await requireNoLifecycle(context, image);
    if (includeResources === undefined && updateAt === undefined) {
      const deprecated = to === "DEPRECATED" ? { deprecationTime: context.now.toISOString() } : {};
      await changeImageState(context, image, to, deprecated);
      return { resourceArn };
    }
    return { resourceArn, lifecycleExecutionId: await startExecution(context, image, { ...input, updateAt }) };
  },
});

function statusIn({ state: { status } }: Input): ResourceStatus {
  if (status === undefined) throw invalidValue(name, "state", "it must have 'status'");
  return status;
}

/** `updateAt`, which is seconds since 1970 or a text on the wire. */
function timeIn({ updateAt, state: { status } }: Input, { now }: CallContext): Date | undefined {
  if (updateAt === undefined) return undefined;
  if (status !== "DEPRECATED")
    throw invalidCombination(name, `'updateAt' is for the state DEPRECATED only; found the state ${status ?? "none"}`);
  const given = updateAt as unknown as number | string | Date;
  const time = new Date(typeof given === "number" ? given * 1000 : given);
  if (!(time > now)) throw invalidValue(name, "updateAt", "the time must be in the future");
  return time;
}

function checkState(image: OwnImage, to: ResourceStatus): void {
  const { type } = detailOf(image);
  const allowed = resourceStateUpdates(image.status, type);
  if (allowed.includes(to)) return;
  const others = allowed.length === 0 ? "nothing" : allowed.join(", ");
  throw new ApiError(
    "InvalidRequestException",
    `The image '${image.arn}' of the type ${type} is ${image.status} and cannot become ${to}; allowed: ${others}.`,
  );
}

function checkResources({ includeResources }: Input, image: OwnImage, to: ResourceStatus): void {
  const { amis = false, snapshots = false, containers = false } = includeResources ?? {};
  if (to === "DELETED" && !amis && !containers)
    throw invalidCombination(
      name,
      "The state DELETED needs 'includeResources' with 'amis' or 'containers'; DeleteImage deletes the image alone",
    );
  if (to !== "DELETED" && (snapshots || containers))
    throw invalidCombination(name, `'snapshots' and 'containers' are for the state DELETED only; found the state ${to}`);
  if (snapshots && !amis) throw invalidCombination(name, "'snapshots' are those of AMIs: they need 'amis' too");
  const wrong = detailOf(image).type === "AMI" ? containers && "containers" : amis && "amis";
  if (wrong !== false) throw invalidCombination(name, `The image '${image.arn}' has no ${wrong}: its type is ${detailOf(image).type}`);
}

/** What is to be done with the image later would no longer fit a state that it gets meanwhile. */
async function requireNoLifecycle({ database }: CallContext, image: OwnImage): Promise<void> {
  const running = await unendedLifecycle(database, image);
  if (running !== undefined)
    throw new ApiError("ResourceInUseException", `The lifecycle execution '${running.id}' of the image '${image.arn}' has not ended.`);
}

async function startExecution(context: CallContext, image: OwnImage, input: Omit<Input, "updateAt"> & { updateAt: Date | undefined }) {
  const { state, executionRole, includeResources, exclusionRules, updateAt } = input;
  const request = { state, executionRole, includeResources, exclusionRules, updateAt: updateAt?.toISOString() };
  if (updateAt !== undefined)
    await changeResource(context, image, { detail: { ...detailOf(image), deprecationTime: updateAt.toISOString() } });
  return addLifecycleExecution(context, image, { id: lifecycleExecutionId(context), request });
}
