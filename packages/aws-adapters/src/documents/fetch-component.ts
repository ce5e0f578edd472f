import type { ImagebuilderClient } from "@aws-sdk/client-imagebuilder";
import type { SourceFile } from "@imagewright/diagnostics";
import { CLIENT_OPTIONS, describeAwsFailure } from "@imagewright/aws-client";
import { awsError, type Operation } from "../errors.js";
import { quoteInFull } from "../quote-in-full.js";
import { serviceFailure } from "../service-failure.js";
import { regionOfComponent } from "./component-arn.js";
import { decodeDocument, LARGEST_DOCUMENT } from "./document-text.js";

/** Makes the function that reads the documents of components from the service, with one client for each region. */
export function componentFetcher(): (arn: string) => Promise<SourceFile> {
  const clients = new Map<string, Promise<ImagebuilderClient>>();
  return async (arn) => {
    const region = regionOfComponent(arn);
    const client = clients.get(region) ?? openClient(region);
    clients.set(region, client);
    return documentOf(arn, await request(client, arn));
  };
}

async function openClient(region: string): Promise<ImagebuilderClient> {
  const { ImagebuilderClient } = await import("@aws-sdk/client-imagebuilder");
  const endpoint = process.env["AWSTOE_IMAGEBUILDER_ENDPOINT"];
  return new ImagebuilderClient({ ...CLIENT_OPTIONS, region, ...(endpoint ? { endpoint } : {}) });
}

async function request(client: Promise<ImagebuilderClient>, arn: string): Promise<string | undefined> {
  const operation: Operation = { doing: `reading component ${quoteInFull(arn)}` };
  try {
    const { GetComponentCommand } = await import("@aws-sdk/client-imagebuilder");
    const { component } = await (await client).send(new GetComponentCommand({ componentBuildVersionArn: arn }));
    return component?.data;
  } catch (thrown) {
    // not in the service's model, yet what it answers for a version that does not exist
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
