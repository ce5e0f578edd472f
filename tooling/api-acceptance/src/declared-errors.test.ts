// Every error that the model declares for an operation: what a request can provoke is provoked; the rest has a reason.
import { describe, expect, test } from "@jest/globals";
import { errorNames, operationNames, operationOf, shapeOf, type ErrorName, type OperationName } from "@imagewright/imagebuilder-model";
import { clientCalls } from "./clients/calls.js";
import { removeAnswered } from "./clients/removal.js";
import { requestOf } from "./fuzz/request-of.js";
import * as make from "./support/make.js";
import { cancelImage, makeImage } from "./support/make-image.js";
import { sendSigned } from "./support/signed-request.js";
import { uniqueName } from "./support/unique-name.js";

type Input = Readonly<Record<string, unknown>>;
type Reasons<Key extends string> = Readonly<Partial<Record<Key, string>>>;

/** No request provokes these by what it has in it. */
const NOT_BY_REQUESTS: Reasons<ErrorName> = {
  AccessDeniedException: "the root key has all rights",
  CallRateLimitExceededException: "too many calls: api-server, rates.test.ts",
  ClientException: "what clients do wrong has the names of the other errors",
  ForbiddenException: "the root key has all rights",
  InvalidRequestException:
    "the rules of single operations, in the files of their resources; a wrong shape is InvalidParameterValueException",
  ResourceInUseException: "lost races: control-plane, database-errors.test.ts and start-resource-state-update.test.ts",
  ServiceException: "faults of the server: api-server, failures.test.ts",
  ServiceQuotaExceededException: "a full account: control-plane, quotas.test.ts; image-recipes.test.ts for components of a recipe",
  ServiceUnavailableException: "a database that cannot be used: control-plane, database-errors.test.ts",
  TooManyRequestsException: "too many calls are CallRateLimitExceededException",
};

/** Nor these of single operations. */
const NOT_HERE: { readonly [Name in ErrorName]?: Reasons<OperationName> } = {
  IdempotentParameterMismatchException: {
    CancelLifecycleExecution: "only calls that succeed take their token, and no policy runs",
    RetryImage: "only calls that succeed take their token, and no image has failed",
    SendWorkflowStepAction: "only calls that succeed take their token, and no step waits",
    StartResourceStateUpdate: "only calls that succeed take their token, and no image is available",
  },
  InvalidPaginationTokenException: { ListLifecycleExecutionResources: "no policy runs, so there is nothing to list pages of" },
  InvalidParameterCombinationException: {
    CreateDistributionConfiguration:
      "what does not fit together in a distribution is an InvalidParameterValueException that names the place",
    UpdateDistributionConfiguration: "as for CreateDistributionConfiguration",
    UpdateLifecyclePolicy: "what does not fit together in a policy is an InvalidParameterValueException that names the place",
  },
  ResourceDependencyException: {
    DeleteImagePipeline: "images remain when their pipeline is deleted",
    DeleteLifecyclePolicy: "nothing names a policy",
  },
};

const both = { uri: "s3://documents/document.yaml" };
const dependents: { readonly [Operation in OperationName]?: () => Promise<Input> } = {
  DeleteComponent: async () => {
    const componentBuildVersionArn = await make.makeComponent();
    await make.makeImageRecipe({ components: [{ componentArn: componentBuildVersionArn }] });
    return { componentBuildVersionArn };
  },
  DeleteContainerRecipe: async () => {
    const containerRecipeArn = await make.makeContainerRecipe();
    await make.makePipeline({ containerRecipeArn });
    return { containerRecipeArn };
  },
  DeleteDistributionConfiguration: async () => {
    const distributionConfigurationArn = await make.makeDistribution();
    await make.makePipeline({ distributionConfigurationArn });
    return { distributionConfigurationArn };
  },
  DeleteImage: async () => {
    const imageBuildVersionArn = await makeImage();
    await cancelImage(imageBuildVersionArn);
    await make.makeImageRecipe({ parentImage: imageBuildVersionArn });
    return { imageBuildVersionArn };
  },
  DeleteImageRecipe: async () => {
    const imageRecipeArn = await make.makeImageRecipe();
    await make.makePipeline({ imageRecipeArn });
    return { imageRecipeArn };
  },
  DeleteInfrastructureConfiguration: async () => {
    const infrastructureConfigurationArn = await make.makeInfrastructure();
    await make.makePipeline({ infrastructureConfigurationArn });
    return { infrastructureConfigurationArn };
  },
  DeleteWorkflow: async () => {
    const workflowBuildVersionArn = await make.makeWorkflow();
    await make.makePipeline({ workflows: [{ workflowArn: workflowBuildVersionArn }], executionRole: "builder" });
    return { workflowBuildVersionArn };
  },
};

/** How each other error is provoked; `valid` makes an input that would succeed, each time for things of its own. */
const PROVOKED: { readonly [Name in ErrorName]?: (operation: OperationName, valid: () => Promise<Input>) => Promise<string> } = {
  DryRunOperationException: async (operation, valid) => send(operation, { ...(await valid()), dryRun: true }),
  IdempotentParameterMismatchException: async (operation, valid) => {
    const clientToken = uniqueName("token");
    await send(operation, { ...(await valid()), clientToken });
    return send(operation, { ...(await valid()), clientToken });
  },
  InvalidPaginationTokenException: async (operation, valid) => send(operation, { ...(await valid()), nextToken: "none" }),
  InvalidParameterCombinationException: async (operation, valid) => send(operation, { ...(await valid()), ...both }),
  InvalidParameterException: async (operation, valid) => send(operation, { ...(await valid()), resourceArn: "arn:aws:s3:::bucket" }),
  InvalidParameterValueException: async (operation, valid) =>
    send(operation, { ...(await valid()), ...(operation.startsWith("Put") ? { policy: "none" } : { action: "JUMP" }) }),
  InvalidVersionNumberException: async (operation, valid) => send(operation, { ...(await valid()), semanticVersion: "1.0" }),
  ResourceAlreadyExistsException: async (operation, valid) => {
    const input = await valid();
    await send(operation, input);
    return send(operation, input);
  },
  ResourceDependencyException: async (operation) => send(operation, (await dependents[operation]?.()) ?? {}),
  ResourceNotFoundException: async (operation, valid) => send(operation, ofOtherNames(await valid())),
};

describe("the errors that the model declares", () => {
  test.each(errorNames().filter((name) => NOT_BY_REQUESTS[name] === undefined))("%s, by every operation that has it", async (name) => {
    const provoke = PROVOKED[name];
    const exceptions = NOT_HERE[name] ?? {};
    const declaring = operationNames().filter((operation) => (operationOf(operation).errors as readonly string[]).includes(name));
    expect(Object.keys(exceptions).filter((operation) => !(declaring as readonly string[]).includes(operation))).toEqual([]);
    const tried = declaring.filter((operation) => exceptions[operation] === undefined);
    const got: Record<string, string | undefined> = {};
    for (const operation of tried) {
      const valid = async () => (await clientCalls([operation]))[0]?.input ?? {};
      got[operation] = await provoke?.(operation, valid);
    }
    expect(got).toEqual(Object.fromEntries(tried.map((operation) => [operation, name])));
  });
});

/** The name of the error that a request gets; what it makes is removed after the tests. */
async function send(operation: OperationName, input: Input): Promise<string> {
  const shape = shapeOf(operationOf(operation).input);
  // SDKs make a token of their own for those who give none
  const token = shape.type === "structure" && "clientToken" in shape.members ? { clientToken: uniqueName("token") } : {};
  const { method, path, body } = requestOf(operation, { ...token, ...input });
  const { status, error, text } = await sendSigned(method, path, body);
  if (status === 200 && /^(Create|Distribute|Import|Start)/.test(operation)) removeAnswered([text]);
  return error;
}

/** An input with the ARNs of other resources of the same kinds, which do not exist. */
function ofOtherNames(input: Input): Input {
  return JSON.parse(
    JSON.stringify(input).replace(/(:imagebuilder:[^:"]*:[^:"]*:(?:workflow\/test|[a-z-]+)\/)([^/"\\]+)/g, "$1$2-none"),
  ) as Input;
}
