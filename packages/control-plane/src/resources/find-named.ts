import type { ResourceArn } from "@imagewright/imagebuilder-model";
import type { ResourceRow } from "../database/tables.js";
import { invalidValue } from "../errors/api-errors.js";
import type { CallContext } from "../operation-definition.js";
import { arnIn, findByArn, type NamedBy } from "./find-resource.js";
import { modelNameOf } from "./resource-name.js";

/** What a new or changed resource names: its ARN as given, to be stored as a reference, and the newest that it fits now. */
export interface NamedResource {
  readonly arn: ResourceArn;
  readonly row: ResourceRow;
}

/**
 * Finds what a new or changed resource names, and keeps it from being deleted until the transaction ends. Throws
 * InvalidParameterValueException with the member if there is none: the operation's own resource alone is "not found". Of several that fit,
 * those with a preferred state count, and others only if there are none.
 */
export async function findNamed(
  context: CallContext,
  text: string,
  named: NamedBy,
  { preferred }: { readonly preferred?: readonly string[] } = {},
): Promise<NamedResource> {
  const arn = arnIn(context.operation, text, named);
  const best = preferred && (await findByArn(context, arn, { keep: true, withStatus: preferred }));
  const row = best ?? (await findByArn(context, arn, { keep: true }));
  if (row !== undefined) return { arn, row };
  throw invalidValue(
    context.operation,
    named.parameter,
    `Resource of type '${modelNameOf(arn.type)}' with identifier '${text}' cannot be found`,
  );
}
