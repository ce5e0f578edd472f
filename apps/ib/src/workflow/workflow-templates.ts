import type { WorkflowTypeWord } from "./workflow-types.js";

const BUILD = `name: my-build
description: Builds an image and makes it ready to be copied.
schemaVersion: 1.0

steps:
  - name: LaunchBuildInstance
    action: LaunchInstance
    onFailure: Abort
    inputs:
      waitFor: ssmAgent

  - name: ApplyBuildComponents
    action: ExecuteComponents
    onFailure: Abort
    inputs:
      instanceId.$: $.stepOutputs.LaunchBuildInstance.instanceId

  - name: CleanUp
    action: SanitizeInstance
    onFailure: Abort
    if:
      not:
        stringEquals: Windows
        value: $.imagebuilder.platform
    inputs:
      instanceId.$: $.stepOutputs.LaunchBuildInstance.instanceId

  - name: CreateOutputImage
    action: CreateImage
    onFailure: Abort
    inputs:
      instanceId.$: $.stepOutputs.LaunchBuildInstance.instanceId

  - name: TerminateBuildInstance
    action: TerminateInstance
    onFailure: Continue
    inputs:
      instanceId.$: $.stepOutputs.LaunchBuildInstance.instanceId

outputs:
  - name: ImageId
    value: $.stepOutputs.CreateOutputImage.imageId
`;

const TEST = `name: my-test
description: Runs the test components on an instance of the image.
schemaVersion: 1.0

steps:
  - name: LaunchTestInstance
    action: LaunchInstance
    onFailure: Abort
    inputs:
      waitFor: ssmAgent

  - name: ApplyTestComponents
    action: ExecuteComponents
    onFailure: Abort
    inputs:
      instanceId.$: $.stepOutputs.LaunchTestInstance.instanceId

  - name: TerminateTestInstance
    action: TerminateInstance
    onFailure: Continue
    inputs:
      instanceId.$: $.stepOutputs.LaunchTestInstance.instanceId
`;

const DISTRIBUTION = `name: my-distribution
description: Copies the image after somebody has approved it.
schemaVersion: 1.0

steps:
  - name: Approve
    action: WaitForAction
    onFailure: Abort
    inputs:
      payload: "{{ $.workflowOutputs.ImageId }} has passed its tests"

  - name: Distribute
    action: DistributeImage
    onFailure: Abort
`;

/** A document to start from, for each type of workflow. */
export const WORKFLOW_TEMPLATES: Readonly<Record<WorkflowTypeWord, string>> = { build: BUILD, test: TEST, distribution: DISTRIBUTION };
