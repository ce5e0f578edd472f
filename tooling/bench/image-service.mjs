// Images of a recipe that does nothing, by the API of a server and by `ib build`.
import { spawnSync } from "node:child_process";
import { get } from "node:http";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  CreateComponentCommand,
  CreateContainerRecipeCommand,
  CreateInfrastructureConfigurationCommand,
  ImagebuilderClient,
} from "@aws-sdk/client-imagebuilder";
import { signer } from "./serve.mjs";

const BASE = "mmdebstrap:bookworm/minimal";
const ENDED = ["AVAILABLE", "FAILED", "CANCELLED"];
/** A recipe has to have a component: one that runs `true`. */
const NOTHING = running("true");

function running(command) {
  return `schemaVersion: 1.0
phases: [{ name: build, steps: [{ name: Only, action: ExecuteBash, inputs: { commands: ["${command}"] } }] }]
`;
}
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

/** Creates the same recipe in a service, or one whose component runs another command: the input of CreateImage. */
export async function createSources(client, command = "true") {
  const data = running(command);
  const component = new CreateComponentCommand({ name: NAME, semanticVersion: "1.0.0", platform: "Linux", data });
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

/** The stream of a server's events of one type. */
export async function openEvents(said, type = "image.state-changed") {
  const { hostname, port } = new URL(said.endpoint);
  const asked = signer(said)({ method: "GET", path: "/events", query: `type=${type}` });
  const stream = await new Promise((resolve, reject) => {
    get({ hostname, port, ...asked, agent: false }, resolve).once("error", reject);
  });
  if (stream.statusCode !== 200) throw new Error(`/events: ${stream.statusCode}`);
  return stream.setEncoding("utf8");
}

/** The state in which an image ends, by the stream of events; it is closed then. */
export async function endIn(stream, arn) {
  for await (const { resources, detail } of eventsIn(stream)) {
    const { status } = detail?.state ?? {};
    if (resources?.[0] === arn && ENDED.includes(status)) return status;
  }
  throw new Error("the stream of events has ended");
}

/** The events of a stream, which is closed when the loop over them ends. */
export async function* eventsIn(stream) {
  let text = "";
  for await (const chunk of stream) {
    text += chunk;
    const lines = text.split("\n");
    text = lines.pop();
    for (const line of lines.filter((one) => one.startsWith("data:"))) yield JSON.parse(line.slice("data:".length));
  }
}
