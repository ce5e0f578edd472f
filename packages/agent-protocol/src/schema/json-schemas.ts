import { eventSchemas, headMembers, nameSchema, numberSchema, textSchema } from "./event-schemas.js";
import { objectOf } from "./schema.js";

const DRAFT = "http://json-schema.org/draft-07/schema#";

/** The JSON Schema of one line of `events.jsonl`. */
export const eventSchema = {
  $schema: DRAFT,
  title: "An event of a job of ib-agent",
  oneOf: Object.values(eventSchemas),
} as const;

/** The shape of the content of `result.json`. */
export const resultShape = objectOf({
  protocol: headMembers.protocol,
  summary: objectOf({
    executionId: nameSchema,
    status: { type: "string", enum: ["success", "failed"] },
    failedStepCount: numberSchema,
    executedStepCount: numberSchema,
    ignoredFailedStepCount: numberSchema,
    failureMessage: textSchema,
    logUrl: nameSchema,
  }),
});

/** The JSON Schema of the content of `result.json`. */
export const jobResultSchema = { $schema: DRAFT, title: "The result of a job of ib-agent", ...resultShape } as const;
