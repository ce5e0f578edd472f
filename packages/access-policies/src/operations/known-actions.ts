import { operationNames, type OperationName } from "@imagewright/imagebuilder-model";

/** What a policy allows or denies so that roles are passed to builds. */
export const PASS_ROLE = "iam:PassRole";

/** The action of an operation: `imagebuilder:GetImage`. Source: guide chapter 49, "Policy actions for Image Builder". */
export function accessActionOf(operation: OperationName): string {
  return `imagebuilder:${operation}`;
}

/** The action of who sees what happens in an account. AWS has none like it: there events go to EventBridge. */
export const LIST_EVENTS = "imagebuilder:ListEvents";

let actions: ReadonlyMap<string, string> | undefined;

/** Every action that this API asks about, from its small letters to how it is documented. */
export function knownActions(): ReadonlyMap<string, string> {
  return (actions ??= new Map(
    [...operationNames().map(accessActionOf), PASS_ROLE, LIST_EVENTS].map((action) => [action.toLowerCase(), action]),
  ));
}
