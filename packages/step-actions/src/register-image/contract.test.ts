import { testSteps } from "../testing/check-step.js";
import { registerImageContract } from "./contract.js";

testSteps(registerImageContract, [
  [
    "inputs: { architecture: x86_64, bootMode: uefi, blockDeviceMapping: [{ DeviceName: /dev/sda1, Ebs: { SnapshotId.$: $.stepOutputs.Launch.instanceId, VolumeSize: 100 } }], includeSnapshotTags: true }",
  ],
  [
    "inputs: { architecture: amd64 }",
    '"architecture" must be "arm64", "arm64_mac", "i386", "x86_64" or "x86_64_mac"; found "amd64"; did you mean "arm64"?',
  ],
]);
