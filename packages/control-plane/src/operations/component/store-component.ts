import { makeArn, type Api, type Tags } from "@imagewright/imagebuilder-model";
import { digestOfData } from "../../input/canonical-json.js";
import { newVersion } from "../../input/new-version.js";
import { resourceExists } from "../../errors/api-errors.js";
import type { CallContext } from "../../operation-definition.js";
import { findByArn } from "../../resources/find-resource.js";
import { lockName } from "../../resources/resource-name.js";
import { nameFor, storeResource } from "../../resources/store-resource.js";
import type { Services } from "../../services.js";

/** The largest document that is read from S3, in bytes. Source: API model, `CreateComponentRequest.uri`. */
export function documentBytes({ quotas }: Services): number {
  return quotas.componentDocumentBytes ?? 65_536;
}

interface NewComponent {
  readonly name: string;
  readonly semanticVersion: string;
  readonly description?: string | undefined;
  readonly changeDescription?: string | undefined;
  readonly platform: Api.Platform;
  readonly supportedOsVersions?: readonly string[] | undefined;
  readonly kmsKeyId?: string | undefined;
  readonly tags?: Tags | undefined;
  readonly type: Api.ComponentType;
  readonly parameters: readonly Api.ComponentParameterDetail[];
  /** The document. */
  readonly text: string;
}

/** Stores the next build of a component and returns its ARN. Throws if it equals the latest build of its version. */
export async function storeComponent(context: CallContext, component: NewComponent): Promise<string> {
  const { name, semanticVersion, tags, text, changeDescription, parameters, ...members } = component;
  const { description, platform, supportedOsVersions, kmsKeyId, type } = members;
  const content = { description, platform, supportedOsVersions, kmsKeyId, type };
  const version = newVersion(context.operation, semanticVersion, "component");
  const key = nameFor(context, "component", name);
  await lockName(context, key);
  const digest = digestOfData({ ...content, text });
  const { partition } = context.services;
  const latest = await findByArn(context, makeArn({ partition, ...key, name: key.slug }, version));
  if (latest?.digest === digest) throw resourceExists(context.operation, "Component", latest.arn);
  const stored = await storeResource(context, {
    ...{ type: "component", name, version: { ...version, build: "next" }, status: "ACTIVE", document: text, digest, tags },
    detail: { ...content, changeDescription, parameters },
  });
  return stored.arn;
}
