import { defineAction, type NestedDocument } from "@imagewright/action-contract";

export const executeDocument = defineAction({
  name: "ExecuteDocument",
  summary: "Runs another component document inside the step.",
  platforms: ["linux", "darwin", "windows"],
  input: {
    shape: "single",
    schema: {
      type: "object",
      properties: {
        document: {
          type: "string",
          minLength: 1,
          description:
            "The document: a path, an s3:// address, or the ARN of a component. A relative path starts in the working directory.",
        },
        "document-s3-bucket-owner": {
          type: "string",
          pattern: "^[0-9]{12}$",
          patternDescription: "an account id of 12 digits",
          description: "The account that the bucket of an s3:// address must belong to.",
        },
        phases: { type: "string", description: "The phases to run, separated by commas; all by default." },
        parameters: {
          type: "array",
          items: {
            type: "object",
            properties: {
              name: { type: "string", minLength: 1, description: "The name of a parameter of the document." },
              value: { type: "string", description: "Its value." },
            },
            required: ["name", "value"],
            additionalProperties: false,
          },
          description: "Values for parameters of the document.",
        },
      },
      required: ["document"],
      additionalProperties: false,
    },
  },
  effects: "document",
  settings: { timeoutSeconds: -1, maxAttempts: 1 },
  outputs: {
    executionId: "The id of the run of the document.",
    status: "The status of the run: success or failed.",
    executedStepCount: "The number of steps that have run.",
    failedStepCount: "The number of failed steps.",
    ignoredFailedStepCount: "The number of failed steps with onFailure Ignore.",
    failureMessage: "Why the run has failed; empty if it has not.",
    logUrl: "Empty: the run writes to the log of the outer document.",
  },
  run: ({ document, "document-s3-bucket-owner": bucketOwner, phases, parameters = [] }, { runDocument }) =>
    runDocument({
      location: document,
      bucketOwner,
      phases: phasesOf(phases),
      parameters: new Map(parameters.map(({ name, value }) => [name, value])),
    }),
});

function phasesOf(text: string | undefined): NestedDocument["phases"] {
  const names = (text ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  return names.length === 0 ? undefined : names;
}
