import { testSteps } from "../testing/check-step.js";
import { applyImageConfigurationsContract } from "./contract.js";

testSteps(applyImageConfigurationsContract, [
  [
    'inputs: { distributedImages.$: $.workflowOutputs.images, configurations: [{ region: us-west-2, ssmParameterConfigurations: [{ parameterName: /web/ami, dataType: "aws:ec2:image" }] }] }',
  ],
  [
    "timeoutSeconds: 43201, inputs: { distributedImages.$: $.workflowOutputs.images }",
    '"timeoutSeconds" of ApplyImageConfigurations must be from 1 to 43200; found 43201',
  ],
  [
    "inputs: { distributedImages.$: $.workflowOutputs.images, configurations: [{ region: us-west-2, s3ExportConfiguration: { roleName: vmimport, diskImageFormat: ISO, s3Bucket: exports } }] }",
    '"diskImageFormat" must be "RAW", "VHD" or "VMDK"; found "ISO"',
  ],
]);
