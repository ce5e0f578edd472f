// Images of a recipe that does nothing, by the API of a server and by `ib build`.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  CreateComponentCommand,
  CreateContainerRecipeCommand,
  CreateInfrastructureConfigurationCommand,
  ImagebuilderClient,
} from "@aws-sdk/client-imagebuilder";

const BASE = "mmdebstrap:bookworm/minimal";
/** A recipe has to have a component: one that runs `true`. */
const NOTHING = `schemaVersion: 1.0
phases: [{ name: build, steps: [{ name: Nothing, action: ExecuteBash, inputs: { commands: ["true"] } }] }]
`;
const TEMPLATE = "FROM {{{ imagebuilder:parentImage }}}\n{{{ imagebuilder:environments }}}\n{{{ imagebuilder:components }}}\n";

/** A name that no image of the engine's store has. */
export const NAME = `bench-${process.pid}`;

/** Writes the recipe for `ib build`; its path. */
export function writeRecipe(folder) {
  const path = join(folder, "recipe.yaml");
  const components = "components: [{ document: nothing.yaml }]";
  writeFileSync(path, `name: ${NAME}\nsemanticVersion: 1.0.0\nparentImage: ${BASE}\n${components}\n`);
  writeFileSync(join(folder, "nothing.yaml"), NOTHING);
  return path;
}

export function clientOf({ endpoint, credentialsFile }) {
  const [, accessKeyId, secretAccessKey] = /_id = (.*)\n.*_key = (.*)\n/.exec(readFileSync(credentialsFile, "utf8"));
  return new ImagebuilderClient({ endpoint, region: "us-east-1", credentials: { accessKeyId, secretAccessKey } });
}

/** Creates the same recipe in a service: the input of CreateImage. */
export async function createSources(client) {
  const component = new CreateComponentCommand({ name: NAME, semanticVersion: "1.0.0", platform: "Linux", data: NOTHING });
  const { componentBuildVersionArn: componentArn } = await client.send(component);
  const { containerRecipeArn } = await client.send(
    new CreateContainerRecipeCommand({
      ...{ containerType: "DOCKER", name: NAME, semanticVersion: "1.0.0", parentImage: BASE, components: [{ componentArn }] },
      ...{ targetRepository: { service: "ECR", repositoryName: NAME }, dockerfileTemplateData: TEMPLATE },
    }),
  );
  const configuration = new CreateInfrastructureConfigurationCommand({ name: NAME, instanceProfileName: "builder" });
  const { infrastructureConfigurationArn } = await client.send(configuration);
  return { containerRecipeArn, infrastructureConfigurationArn };
}

/** Removes the images with the build numbers from 1 to `most` from the engine's store, those of both kinds. */
export function removeImages(engine, most) {
  const numbers = Array.from({ length: most }, (_, index) => index + 1);
  const tags = ["", "000000000000/us-east-1/"].flatMap((of) => numbers.map((number) => `localhost/${of}${NAME}:1.0.0-${number}`));
  for (const tag of tags) spawnSync(engine, ["rmi", "-f", tag]);
}
