import { testSteps } from "../testing/check-step.js";
import { launchInstanceContract } from "./contract.js";

testSteps(launchInstanceContract, [
  ["inputs: { waitFor: ssmAgent }"],
  ["inputs: { waitFor: ssmAgent, healthCheck: RUNNING, imageIdOverride: ami-1, instanceTypesOverride: [t3.micro] }"],
  ["inputs: { waitFor: ssmagent }", '"waitFor" must be "ssmAgent"; found "ssmagent"; did you mean "ssmAgent"?'],
  [
    "inputs: { instanceType: t3.micro, waitFor: ssmAgent }",
    'the inputs of LaunchInstance: unknown key "instanceType"; allowed: "healthCheck", "imageIdOverride", "instanceTypesOverride" or "waitFor"; did you mean "instanceTypesOverride"?',
  ],
]);
