import {
  latestVersionReferences,
  operationOf,
  parseArn,
  shapeOf,
  type OperationName,
  type ResourceArn,
} from "@imagewright/imagebuilder-model";
import type { Input, OperationDefinition, Output } from "./operation-definition.js";
import { ownKeyFor } from "./resources/own-key.js";
import { storeResource, type NewResource } from "./resources/store-resource.js";
import type { Services } from "./services.js";

/** An operation that only creates a resource, and decides what that is without looking at what is stored. */
export interface CreationDefinition<Name extends OperationName, Loaded> extends Pick<
  OperationDefinition<Name, Loaded>,
  "name" | "withDefaults" | "load"
> {
  /** What is to be stored. Throws `ApiError` for everything that is wrong with it by itself. */
  readonly resource: (input: Input<Name>, services: Services, loaded: Loaded) => Omit<NewResource, "references">;
  /** The member of the answer that has the ARN. */
  readonly arnMember: keyof Output<Name> & string;
}

/** Declares such an operation: it is stored, once for its client token, by one statement. */
export function defineCreation<Name extends OperationName, Loaded = undefined>({
  name,
  withDefaults,
  load,
  resource,
  arnMember,
}: CreationDefinition<Name, Loaded>): OperationDefinition<Name, NewResource> {
  return {
    ...{ name, arnMember, ...(withDefaults && { withDefaults }) },
    load: async (input, services, caller) => {
      const made = resource(input, services, (await load?.(input, services, caller)) as Loaded);
      const { kmsKeyId } = input as { readonly kmsKeyId?: string };
      const ownKey = await ownKeyFor(name, { kmsKeyId, type: made.type }, { services, caller });
      return ownKey === undefined ? made : { ...made, ownKey };
    },
    run: async (_, context, loaded) => answerOfCreation(name, arnMember, await storeResource(context, loaded)),
  };
}

/** The answer of such an operation, without the client token: it follows from the ARN. `read` is that ARN, or the one of its version. */
export function answerOfCreation(
  name: OperationName,
  arnMember: string,
  { arn, read }: { readonly arn: string; readonly read?: ResourceArn },
): Readonly<Record<string, unknown>> {
  const output = shapeOf(operationOf(name).output);
  const hasReferences = output.type === "structure" && "latestVersionReferences" in output.members;
  return { [arnMember]: arn, ...(hasReferences && { latestVersionReferences: latestVersionReferences(read ?? parseArn(arn)) }) };
}
