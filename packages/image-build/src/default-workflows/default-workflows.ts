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
  /** The document. */
  readonly text: string;
}

/** Source: guide chapters 36 to 38; the documents are our own. */
export const DEFAULT_WORKFLOWS: readonly DefaultWorkflow[] = [
  { name: "build-container", type: "BUILD", imageType: "DOCKER", text: buildContainer },
  { name: "build-image", type: "BUILD", imageType: "AMI", text: buildImage },
  { name: "distribute-container", type: "DISTRIBUTION", imageType: "DOCKER", text: distributeContainer },
  { name: "distribute-image", type: "DISTRIBUTION", imageType: "AMI", text: distributeImage },
  { name: "test-container", type: "TEST", imageType: "DOCKER", text: testContainer },
  { name: "test-image", type: "TEST", imageType: "AMI", text: testImage },
];
