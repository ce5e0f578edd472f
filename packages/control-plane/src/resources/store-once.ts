import { makeArn } from "@imagewright/imagebuilder-model";
import type { ResourceRow } from "../database/tables.js";
import { resourceExists } from "../errors/api-errors.js";
import type { CallContext } from "../operation-definition.js";
import { findByArn } from "./find-resource.js";
import { lockName, modelNameOf } from "./resource-name.js";
import { nameFor, storeResource, type NewResource } from "./store-resource.js";

/** Stores a resource without builds. Throws ResourceAlreadyExistsException if its name and version exist. */
export async function storeOnce(context: CallContext, resource: NewResource): Promise<ResourceRow> {
  const key = nameFor(context, resource.type, resource.name);
  await lockName(context, key);
  const arn = makeArn({ partition: context.services.partition, ...key, name: key.slug }, resource.version);
  const existing = await findByArn(context, arn);
  if (existing !== undefined) throw resourceExists(context.operation, modelNameOf(resource.type), existing.arn);
  return storeResource(context, resource);
}
