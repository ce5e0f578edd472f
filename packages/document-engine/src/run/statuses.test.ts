import { describe, expect, test } from "@jest/globals";
import { runYaml, withSteps } from "../testing/run-yaml.js";

// the effect of onFailure on step, phase, document and run: chapter 11 of the guide, "Document schema and definitions"

const fail = (name: string, onFailure: string) => `{ name: ${name}, action: Throw, onFailure: ${onFailure}, inputs: { what: text } }`;
const pass = (name: string) => `{ name: ${name}, action: Nap }`;
const twoPhases = (...steps: readonly string[]) => `${withSteps(...steps)}  - name: validate\n    steps:\n      - ${pass("Later")}\n`;

/** All statuses, as `name status`, followed by the counts. */
async function statuses(documents: string | readonly string[], phases?: readonly string[]): Promise<string[]> {
  const { result } = await runYaml(documents, { phases });
  return [
    ...result.documents.flatMap((document) => [
      `${document.filePath} ${document.status}`,
      ...document.phases.flatMap((phase) => [
        `  ${phase.name} ${phase.status}`,
        ...phase.steps.map((step) => `    ${step.name} ${step.outcome} ${step.status}`),
      ]),
    ]),
    `run ${result.status}, ${result.executedStepCount} executed, ${result.failedStepCount} failed, ${result.ignoredFailedStepCount} ignored`,
  ];
}

describe("statuses", () => {
  test.each([
    [
      "nothing fails",
      [twoPhases(pass("One"), pass("Two"))],
      [
        "document-1.yaml success",
        "  build success",
        "    One succeeded success",
        "    Two succeeded success",
        "  validate success",
        "    Later succeeded success",
        "run success, 3 executed, 0 failed, 0 ignored",
      ],
    ],
    [
      "Abort ends phase, document and run",
      [twoPhases(pass("One"), fail("Two", "Abort"), pass("Three")), withSteps(pass("Next"))],
      [
        "document-1.yaml failed",
        "  build failed",
        "    One succeeded success",
        "    Two failed failed",
        "run failed, 2 executed, 1 failed, 0 ignored",
      ],
    ],
    [
      "Continue fails them, and continues with steps, phases and documents",
      [twoPhases(fail("One", "Continue"), pass("Two")), withSteps(pass("Next"))],
      [
        "document-1.yaml failed",
        "  build failed",
        "    One failed failed",
        "    Two succeeded success",
        "  validate success",
        "    Later succeeded success",
        "document-2.yaml success",
        "  build success",
        "    Next succeeded success",
        "run failed, 4 executed, 1 failed, 0 ignored",
      ],
    ],
    [
      "Ignore continues, and counts the ignored failure",
      [twoPhases(fail("One", "Ignore"), pass("Two"))],
      [
        "document-1.yaml successWithIgnoredFailure",
        "  build successWithIgnoredFailure",
        "    One failed ignoredFailure",
        "    Two succeeded success",
        "  validate success",
        "    Later succeeded success",
        "run successWithIgnoredFailure, 3 executed, 0 failed, 1 ignored",
      ],
    ],
    [
      "a failure outweighs an ignored one",
      [withSteps(fail("One", "Ignore"), fail("Two", "Continue"), fail("Three", "Abort"), fail("Four", "Ignore"))],
      [
        "document-1.yaml failed",
        "  build failed",
        "    One failed ignoredFailure",
        "    Two failed failed",
        "    Three failed failed",
        "run failed, 3 executed, 2 failed, 1 ignored",
      ],
    ],
    [
      "the last step of the last phase",
      [withSteps(fail("One", "Abort"))],
      ["document-1.yaml failed", "  build failed", "    One failed failed", "run failed, 1 executed, 1 failed, 0 ignored"],
    ],
    ["no documents", [], ["run success, 0 executed, 0 failed, 0 ignored"]],
  ])("%s", async (_what, documents, expected) => {
    expect(await statuses(documents)).toEqual(expected);
  });
});

describe("phases", () => {
  const text = ["validate", "build", "test"].map((name) => `  - name: ${name}\n    steps:\n      - ${pass(name)}\n`);
  const document = `schemaVersion: 1.0\nphases:\n${text.join("")}`;

  test.each([
    [undefined, ["validate", "build", "test"]],
    [
      ["test", "validate"],
      ["validate", "test"],
    ],
    [["build"], ["build"]],
  ])("%j run in the order of the document", async (phases, expected) => {
    const { result } = await runYaml(document, { phases });
    expect(result.documents.flatMap((run) => run.phases.map((phase) => phase.name))).toEqual(expected);
  });

  test("that match nothing succeed with no steps", async () => {
    expect(await statuses([document, document], ["nothing"])).toEqual([
      "document-1.yaml success",
      "document-2.yaml success",
      "run success, 0 executed, 0 failed, 0 ignored",
    ]);
  });
});

describe("failure messages", () => {
  test("name the failed parts from the run to the step", async () => {
    const { result } = await runYaml([
      withSteps(pass("One")),
      `name: Second\ndescription: fails\n${withSteps(fail("One", "Ignore"), fail("Two", "Continue"), fail("Three", "Abort"))}`,
    ]);
    expect(result.failureMessage).toBe("Document document-2.yaml failed!");
    expect(result.documents.map(({ name, description, failureMessage }) => ({ name, description, failureMessage }))).toEqual([
      { name: "", description: "", failureMessage: "" },
      { name: "Second", description: "fails", failureMessage: "Document document-2.yaml failed!" },
    ]);
    expect(result.documents[1]?.phases.map(({ failureMessage }) => failureMessage)).toEqual(["Step Two failed: thrown text"]);
  });

  test("are empty if failures were ignored", async () => {
    const { result } = await runYaml(withSteps(fail("One", "Ignore")));
    expect([result.failureMessage, result.documents[0]?.failureMessage, result.documents[0]?.phases[0]?.failureMessage]).toEqual([
      "",
      "",
      "",
    ]);
    expect(result.documents[0]?.phases[0]?.steps[0]?.failureMessage).toBe("thrown text");
  });
});
