import type { Api } from "@imagewright/imagebuilder-model";
import buildContainer from "./build-container.yaml";
import buildImage from "./build-image.yaml";
import distributeContainer from "./distribute-container.yaml";
import distributeImage from "./distribute-image.yaml";
import testContainer from "./test-container.yaml";
import testImage from "./test-image.yaml";

/** A workflow that is there without anybody having created it, under the name that the service's own has. */
export interface DefaultWorkflow {
  readonly name: string;
  readonly type: Api.WorkflowType;
  /** The kind of images that it is for. */
  readonly imageType: Api.ImageType;
  /** As the document has it. */
  readonly description: string;
  /** The document. */
  readonly text: string;
}

const workflow = (
  [name, type, imageType]: readonly [string, Api.WorkflowType, Api.ImageType],
  description: string,
  text: string,
): DefaultWorkflow => ({ name, type, imageType, description, text });

/** Source: guide chapters 36 to 38; the documents are our own. */
export const DEFAULT_WORKFLOWS: readonly DefaultWorkflow[] = [
  workflow(["build-container", "BUILD", "DOCKER"], "Builds a container image on a machine of its own.", buildContainer),
  workflow(["build-image", "BUILD", "AMI"], "Builds a machine image on a machine of its own.", buildImage),
  workflow(
    ["distribute-container", "DISTRIBUTION", "DOCKER"],
    "Copies the container image to where the distribution configuration says.",
    distributeContainer,
  ),
  workflow(
    ["distribute-image", "DISTRIBUTION", "AMI"],
    "Copies the machine image to where the distribution configuration says.",
    distributeImage,
  ),
  workflow(["test-container", "TEST", "DOCKER"], "Runs the tests of the components on a container from the new image.", testContainer),
  workflow(["test-image", "TEST", "AMI"], "Runs the tests of the components on a machine from the new image.", testImage),
];
