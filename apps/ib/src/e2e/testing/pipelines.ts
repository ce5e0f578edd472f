// What pipelines of the tests with real servers are made of.
import { setTimeout as sleep } from "node:timers/promises";
import {
  CreateComponentCommand,
  CreateImagePipelineCommand,
  CreateImageRecipeCommand,
  CreateInfrastructureConfigurationCommand,
  type CreateImagePipelineCommandInput,
  type ImagebuilderClient,
} from "@aws-sdk/client-imagebuilder";

/** The start of the ARNs of a server's first account. */
export const ARN = "arn:aws:imagebuilder:us-east-1:000000000000:";
const DATA = (source: string) =>
  JSON.stringify({
    schemaVersion: 1,
    phases: [{ name: "build", steps: [{ name: "Get", action: "WebDownload", inputs: [{ source, destination: "/tool" }] }] }],
  });

/** A recipe of a Debian with a component that downloads. */
export async function createSources(client: ImagebuilderClient, source = "https://example.org/tool"): Promise<void> {
  await client.send(new CreateComponentCommand({ name: "loader", semanticVersion: "1.0.0", platform: "Linux", data: DATA(source) }));
  await client.send(
    new CreateImageRecipeCommand({
      ...{ name: "web", semanticVersion: "1.0.0", parentImage: "ami-12345678" },
      components: [{ componentArn: `${ARN}component/loader/x.x.x` }],
    }),
  );
  await client.send(new CreateInfrastructureConfigurationCommand({ name: "small", instanceProfileName: "builder" }));
}

/** A pipeline that is due at once. */
export async function createPipeline(
  client: ImagebuilderClient,
  name: string,
  more: Partial<CreateImagePipelineCommandInput> = {},
): Promise<void> {
  await client.send(
    new CreateImagePipelineCommand({
      ...{
        name,
        imageRecipeArn: `${ARN}image-recipe/web/1.0.0`,
        infrastructureConfigurationArn: `${ARN}infrastructure-configuration/small`,
      },
      // the first run of a rate is when it is set
      schedule: { scheduleExpression: "rate(1 day)" },
      ...more,
    }),
  );
}

/** Waits until something is so, however long that takes. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(50);
}
