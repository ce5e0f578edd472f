import { join } from "node:path";

/** An image as its logs are named after it. */
export interface NamedImageLog {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly version: string;
  readonly buildVersion: number;
}

/** Names of resources may have spaces, and those of log groups and keys should have none. */
function nameIn(name: string): string {
  return name.replaceAll(" ", "-");
}

/** `IMAGE/VERSION/BUILD`. Source: guide chapter 51. */
export function pathOfImage({ name, version, buildVersion }: Omit<NamedImageLog, "account" | "region">): string {
  return `${nameIn(name)}/${version}/${buildVersion}`;
}

/** The folder with the log files of all images of the service. */
export function logsFolder(dataFolder: string): string {
  return join(dataFolder, "service", "logs");
}

/** The folder with the log files of an image: `ACCOUNT/REGION/IMAGE/VERSION/BUILD` in that of all. Each step has one in it. */
export function logFolderOfImage(dataFolder: string, image: NamedImageLog): string {
  return join(logsFolder(dataFolder), image.account, image.region, pathOfImage(image));
}

/** The group of CloudWatch Logs for the images of a name. Source: guide chapter 48; API model, `ImageLoggingConfiguration`. */
export function imageLogGroup(name: string, configuration?: { readonly logGroupName?: string | undefined }): string {
  return configuration?.logGroupName ?? `/aws/imagebuilder/${nameIn(name)}`;
}

/** The stream for a build in that group. Source: guide chapter 48. */
export function imageLogStream({ version, buildVersion }: Pick<NamedImageLog, "version" | "buildVersion">): string {
  return `${version}/${buildVersion}`;
}

/** The group for what is said of a pipeline itself. Source: API model, `PipelineLoggingConfiguration`. */
export function pipelineLogGroup(name: string, configuration?: { readonly pipelineLogGroupName?: string | undefined }): string {
  return configuration?.pipelineLogGroupName ?? `/aws/imagebuilder/pipeline/${nameIn(name)}`;
}

/** The stream of a pipeline in that group, which several pipelines may have. */
export function pipelineLogStream(name: string): string {
  return nameIn(name);
}
