import { quoteInFull } from "@imagewright/diagnostics";
import type { ImagebuilderClient } from "@aws-sdk/client-imagebuilder";
import type { SourceFile } from "@imagewright/diagnostics";
import { describeAwsFailure } from "../clients/aws-failure.js";
import type { AwsSettings } from "../clients/aws-settings.js";
import { openImagebuilderClient } from "../clients/open-client.js";
import { awsError, type ServiceOperation } from "../errors.js";
import { serviceFailure } from "../clients/service-failure.js";
import { regionOfComponent } from "./component-arn.js";
import { decodeDocument, LARGEST_DOCUMENT } from "./document-text.js";

/** Makes the function that reads the documents of components from the service, with one client for each region. */
export function componentFetcher(aws: AwsSettings | undefined): (arn: string) => Promise<SourceFile> {
  const clients = new Map<string, Promise<ImagebuilderClient>>();
  return async (arn) => {
    const region = regionOfComponent(arn);
    const client = clients.get(region) ?? openImagebuilderClient({ ...aws, region });
    clients.set(region, client);
    return documentOf(arn, await request(client, arn));
  };
}

async function request(client: Promise<ImagebuilderClient>, arn: string): Promise<string | undefined> {
  const operation: ServiceOperation = { doing: `reading component ${quoteInFull(arn)}` };
  try {
    const { GetComponentCommand } = await import("@aws-sdk/client-imagebuilder");
    const { component } = await (await client).send(new GetComponentCommand({ componentBuildVersionArn: arn }));
    return component?.data;
  } catch (thrown) {
    // not in the service's model, but its response for a version that does not exist
    if (describeAwsFailure(thrown).name === "ResourceNotFoundException")
      throw awsError("no-such-component", { ...operation, reason: "" }, { cause: thrown });
    throw serviceFailure(thrown, operation);
  }
}

function documentOf(location: string, data: string | undefined): SourceFile {
  if (data === undefined || data === "") throw awsError("component-without-document", { location });
  const bytes = Buffer.from(data);
  if (bytes.length > LARGEST_DOCUMENT) throw awsError("document-too-large", { location, limit: LARGEST_DOCUMENT });
  return decodeDocument(location, bytes);
}
