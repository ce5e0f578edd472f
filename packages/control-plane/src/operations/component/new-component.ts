import type { Api, OperationName, Tags } from "@imagewright/imagebuilder-model";
import { digestOfData } from "../../input/canonical-json.js";
import { newVersion } from "../../input/new-version.js";
import type { NewResource } from "../../resources/store-resource.js";
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

/** The next build of a component. */
export function newComponent(operation: OperationName, component: NewComponent): NewResource {
  const { name, semanticVersion, tags, text, changeDescription, parameters, ...members } = component;
  const { description, platform, supportedOsVersions, kmsKeyId, type } = members;
  const content = { description, platform, supportedOsVersions, kmsKeyId, type };
  const version = newVersion(operation, semanticVersion, "component");
  return {
    ...{ type: "component", name, version: { ...version, build: "next" }, status: "ACTIVE", document: text, tags },
    digest: digestOfData({ ...content, text }),
    detail: { ...content, changeDescription, parameters },
  };
}
