import * as sdk from "@aws-sdk/client-imagebuilder";
import type { OperationName } from "@imagewright/imagebuilder-model";

type AnyCommand = new (input: object) => Parameters<sdk.ImagebuilderClient["send"]>[0];

/** A command of the SDK by the name of its operation. */
export function commandOf(operation: OperationName, input: object): InstanceType<AnyCommand> {
  const Command = (sdk as unknown as Record<string, AnyCommand>)[`${operation}Command`];
  if (Command === undefined) throw new Error(`the SDK has no ${operation}`);
  return new Command(input);
}
