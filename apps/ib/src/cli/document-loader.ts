import { createDocumentLoader } from "@imagewright/aws";
import { loadLocalDocument, localLoader, type DocumentLoader } from "@imagewright/component-runner";
import { awsSettings, type Configuration } from "@imagewright/configuration";

/** Reads documents from files, from S3 and from the service, as the agent does. */
export function documentLoader(configuration: Configuration, bucketOwner?: string): DocumentLoader {
  return createDocumentLoader({ aws: awsSettings(configuration), fetchLocal: loadLocalDocument, bucketOwner });
}

/** The same for workflow documents. */
export function workflowLoader(configuration: Configuration): DocumentLoader {
  const fetchLocal = localLoader("workflow document");
  return createDocumentLoader({ aws: awsSettings(configuration), fetchLocal, resource: "workflow" });
}
