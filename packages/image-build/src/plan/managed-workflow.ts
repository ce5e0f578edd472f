import { quote, SourceFile, unknownName } from "@imagewright/diagnostics";
import { readArn } from "@imagewright/imagebuilder-model";
import { DEFAULT_WORKFLOWS } from "../default-workflows/default-workflows.js";

/** Our own document for a workflow of the service, or why there is none. */
export type ManagedWorkflow = { readonly source: SourceFile } | { readonly code: string; readonly problem: string };

/**
 * The default workflow that stands for one of the service's own, whose owner is `aws` in its ARN; the version does not matter. Undefined
 * for other locations.
 */
export function managedWorkflow(location: string): ManagedWorkflow | undefined {
  const { value: arn } = readArn(location);
  if (arn?.owner !== "aws") return undefined;
  const ofType = DEFAULT_WORKFLOWS.filter(({ type }) => `workflow/${type.toLowerCase()}` === arn.type);
  const workflow = ofType.find(({ name }) => name === arn.name);
  const forContainers = ofType.filter(({ imageType }) => imageType === "DOCKER").map(({ name }) => name);
  if (workflow === undefined) {
    return { code: "unknown-workflow", problem: unknownName("workflow of the service", arn.name, forContainers) };
  }
  if (workflow.imageType === "DOCKER") return { source: new SourceFile(location, workflow.text) };
  const problem = `${quote(arn.name)} is for machine images; for container images it is ${quote(forContainers.join())}`;
  return { code: "workflow-for-other-images", problem };
}
