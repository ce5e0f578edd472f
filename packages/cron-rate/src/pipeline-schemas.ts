import { extending, structureSchemaOf, withDefinition, type StructureSchema } from "@imagewright/imagebuilder-model";
import { resourceSchema } from "@imagewright/resource-files";

let schedule: StructureSchema | undefined;
const pipelines = new Map<StructureSchema, StructureSchema>();

/** The `schedule` of a pipeline. The model lets it be without an expression, for pipelines that had one; here it is needed. */
export function scheduleSchema(): StructureSchema {
  return (schedule ??= extending(structureSchemaOf("Schedule"), {}, ["scheduleExpression"]));
}

/** A pipeline in the form that it has: a request, or a response of the service. */
export function pipelineSchema(pipeline: unknown): StructureSchema {
  const shape = resourceSchema("image-pipeline", pipeline);
  let schema = pipelines.get(shape);
  if (schema === undefined) {
    schema = withDefinition(shape, "Schedule", (definition) => extending(definition, {}, ["scheduleExpression"]));
    pipelines.set(shape, schema);
  }
  return schema;
}

/** Whether a value is a schedule and not a pipeline: it has a member of schedules, or none of pipelines. */
export function isSchedule(value: unknown): boolean {
  const keys = typeof value === "object" && value !== null ? Object.keys(value) : [];
  const members = Object.keys(scheduleSchema().properties);
  const ofPipelines = Object.keys(pipelineSchema(value).properties);
  return keys.some((key) => members.includes(key)) || !keys.some((key) => ofPipelines.includes(key));
}
