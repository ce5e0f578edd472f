import { readArn } from "@imagewright/imagebuilder-model";
import type { ResourceRow } from "../../database/tables.js";
import { invalidValue } from "../../errors/api-errors.js";
import type { CallContext } from "../../operation-definition.js";
import { TAGGED_TYPES } from "../../resources/resource-name.js";

/** Throws for an ARN that fits several versions or builds: tags belong to one resource. */
export function assertNamesOne({ operation }: CallContext, arn: string, row: ResourceRow): void {
  const { value } = readArn(arn);
  const named = value?.pattern?.numbers.length ?? 0;
  const needed = row.build > 0 ? 4 : row.version === "" ? 0 : 3;
  if (named !== needed)
    throw invalidValue(operation, "resourceArn", `it fits several builds or versions; allowed: the ARN of one, such as ${row.arn}`);
}

/** The ARN in the input of the operations on tags. */
export const TAGGED = { parameter: "resourceArn", types: TAGGED_TYPES } as const;
