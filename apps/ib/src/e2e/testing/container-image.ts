import {
  CreateComponentCommand,
  CreateContainerRecipeCommand,
  CreateImageCommand,
  CreateInfrastructureConfigurationCommand,
  type ImagebuilderClient,
} from "@aws-sdk/client-imagebuilder";

/** A container image that is to be built. */
export interface WantedImage {
  /** Of the image and of all that it is made of. */
  readonly name: string;
  /** The tag of its parent image. */
  readonly parent: string;
  /** The command of each phase of its component. */
  readonly phases: Readonly<Record<string, string>>;
}

const TEMPLATE = "FROM {{{ imagebuilder:parentImage }}}\n{{{ imagebuilder:environments }}}\n{{{ imagebuilder:components }}}\n";

/** Asks for a container image with one component; returns the ARN of the build. */
export async function createContainerImage(client: ImagebuilderClient, { name, parent, phases }: WantedImage): Promise<string> {
  const steps = Object.entries(phases).map(([phase, command]) => ({
    ...{ name: phase, steps: [{ name: "Say", action: "ExecuteBash", inputs: { commands: [command] } }] },
  }));
  const named = { name, semanticVersion: "1.0.0" };
  const data = JSON.stringify({ schemaVersion: "1.0", phases: steps });
  const component = await client.send(new CreateComponentCommand({ ...named, platform: "Linux", data }));
  const { containerRecipeArn } = await client.send(
    new CreateContainerRecipeCommand({
      ...{ ...named, containerType: "DOCKER", parentImage: parent, dockerfileTemplateData: TEMPLATE },
      components: [{ componentArn: component.componentBuildVersionArn }],
      targetRepository: { service: "ECR", repositoryName: name },
    }),
  );
  const { infrastructureConfigurationArn } = await client.send(
    new CreateInfrastructureConfigurationCommand({ name, instanceProfileName: "builder" }),
  );
  const created = await client.send(new CreateImageCommand({ containerRecipeArn, infrastructureConfigurationArn }));
  return created.imageBuildVersionArn ?? "";
}
