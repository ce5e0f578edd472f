import { quoteInFull } from "@imagewright/diagnostics";
import type { ImagebuilderClient } from "@aws-sdk/client-imagebuilder";
import type { SourceFile } from "@imagewright/diagnostics";
import { describeAwsFailure } from "../clients/aws-failure.js";
import type { AwsSettings } from "../clients/aws-settings.js";
import { openImagebuilderClient } from "../clients/open-client.js";
import { awsError, type ServiceOperation } from "../errors.js";
import { serviceFailure } from "../clients/service-failure.js";
import { decodeDocument, LARGEST_DOCUMENT } from "./document-text.js";
import { regionOf, type DocumentResource } from "./resource-arn.js";

/** Makes the function that reads the documents of components or workflows from the service, with one client for each region. */
export function resourceFetcher(resource: DocumentResource, aws: AwsSettings | undefined): (arn: string) => Promise<SourceFile> {
  const clients = new Map<string, Promise<ImagebuilderClient>>();
  return async (arn) => {
    const region = regionOf(arn, resource);
    const client = clients.get(region) ?? openImagebuilderClient({ ...aws, region });
    clients.set(region, client);
    return documentOf(arn, resource, await request(client, arn, resource));
  };
}

async function request(client: Promise<ImagebuilderClient>, arn: string, resource: DocumentResource): Promise<string | undefined> {
  const operation: ServiceOperation = { doing: `reading ${resource} ${quoteInFull(arn)}` };
  try {
    return await READERS[resource](await client, arn);
  } catch (thrown) {
    // not in the service's model, but its response for a version that does not exist
    if (describeAwsFailure(thrown).name === "ResourceNotFoundException")
      throw awsError(`no-such-${resource}`, { ...operation, reason: "" }, { cause: thrown });
    throw serviceFailure(thrown, operation);
  }
}

const READERS: Readonly<Record<DocumentResource, (client: ImagebuilderClient, arn: string) => Promise<string | undefined>>> = {
  component: async (client, arn) => {
    const { GetComponentCommand } = await import("@aws-sdk/client-imagebuilder");
    return (await client.send(new GetComponentCommand({ componentBuildVersionArn: arn }))).component?.data;
  },
  workflow: async (client, arn) => {
    const { GetWorkflowCommand } = await import("@aws-sdk/client-imagebuilder");
    return (await client.send(new GetWorkflowCommand({ workflowBuildVersionArn: arn }))).workflow?.data;
  },
};

function documentOf(location: string, resource: DocumentResource, data: string | undefined): SourceFile {
  if (data === undefined || data === "") throw awsError(`${resource}-without-document`, { location });
  const bytes = Buffer.from(data);
  if (bytes.length > LARGEST_DOCUMENT) throw awsError("document-too-large", { location, limit: LARGEST_DOCUMENT });
  return decodeDocument(location, bytes);
}
