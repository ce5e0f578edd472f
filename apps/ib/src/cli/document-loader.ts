import { createDocumentLoader, settingsFromEnvironment } from "@imagewright/aws";
import { loadLocalDocument, type DocumentLoader } from "@imagewright/component-runner";

/** Reads documents from files, from S3 and from the service, as the agent does; regions, endpoints and credentials are those of the environment. */
export function documentLoader(bucketOwner?: string): DocumentLoader {
  return createDocumentLoader({ aws: settingsFromEnvironment(process.env), fetchLocal: loadLocalDocument, bucketOwner });
}
