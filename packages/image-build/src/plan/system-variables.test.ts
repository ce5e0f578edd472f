import { SYSTEM_VARIABLES } from "@imagewright/workflow-engine";
import { expect, test } from "@jest/globals";
import { systemVariablesOf } from "./system-variables.js";

const recipe = {
  path: "r.yaml",
  name: "web",
  semanticVersion: "1.2.0",
  parentImage: "p",
  workingDirectory: "/srv",
  tags: {},
  container: {},
};

test("the values are those of variables that there are, and of their types", () => {
  const values = systemVariablesOf({ recipe }, "TEST", { imageId: "localhost/p", imageBuildNumber: 3, terminateInstanceOnFailure: true });
  expect(values).toEqual({
    ...{ imageId: "localhost/p", imageBuildNumber: 3, terminateInstanceOnFailure: true },
    ...{ imageName: "web", imageType: "DOCKER", imageVersionNumber: "1.2.0", platform: "Linux" },
    ...{ collectImageMetadata: true, collectImageScanFindings: false, workflowPhase: "Test", workingDirectory: "/srv" },
  });
  for (const [name, value] of Object.entries(values)) {
    const { type, values: allowed } = SYSTEM_VARIABLES[name] ?? {};
    expect([name, typeof value]).toEqual([name, type === "integer" ? "number" : type]);
    if (allowed !== undefined) expect(allowed).toContain(value);
  }
});

test("an image without a number has no variable for it", () => {
  const values = systemVariablesOf({ recipe }, "BUILD", { imageId: "p", terminateInstanceOnFailure: false });
  expect([Object.keys(values).includes("imageBuildNumber"), values["workflowPhase"]]).toEqual([false, "Build"]);
});
