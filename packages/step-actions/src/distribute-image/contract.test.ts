import { testSteps } from "../testing/check-step.js";
import { distributeImageContract } from "./contract.js";

testSteps(distributeImageContract, [
  ["onFailure: Abort"],
  ['inputs: { distributions: [{ region: us-west-2, name: "web-{{ imagebuilder:buildDate }}", amiTags: { Release: approved } }] }'],
  ["inputs: { distributions: [{ name: web }] }", 'each item of "distributions" must have "region"'],
]);
