import { pageSizeOf } from "@imagewright/imagebuilder-model";
import { invalidValue } from "../../errors/api-errors.js";
import { positionIn, tokenAt } from "../../lists/page-position.js";
import { defineOperation } from "../../operation-definition.js";
import { arnIn, findResource } from "../../resources/find-resource.js";
import { lifecycleExecutionOf, lifecycleExecutionsOf } from "./lifecycle-execution.js";

const name = "ListLifecycleExecutions";

/** The executions of a lifecycle policy, or of changes of the state of a build of an image, newest first. Source: API model. */
export const listLifecycleExecutions = defineOperation({
  name,
  run: async (input, context) => {
    const named = { parameter: "resourceArn", types: ["lifecycle-policy", "image"] } as const;
    const { type, level } = arnIn(name, input.resourceArn, named);
    if (type === "image" && level !== "build")
      throw invalidValue(name, "resourceArn", `the ARN names no build; allowed: that of a lifecycle policy, or of a build of an image`);
    const { arn, created_at } = await findResource(context, input.resourceArn, named);
    const position = positionIn<string>(context, input);
    const size = pageSizeOf(input);
    // those of a policy of the same name that was deleted do not count
    const rows = await lifecycleExecutionsOf(context)
      .where("execution.resource_arn", "=", arn)
      .where("execution.created_at", ">=", created_at)
      .$if(position !== undefined, (query) => query.where("execution.position", "<", position ?? ""))
      .orderBy("execution.position", "desc")
      .limit(size + 1)
      .execute();
    const last = rows.length > size ? rows[size - 1] : undefined;
    const lifecycleExecutions = rows.slice(0, size).map(lifecycleExecutionOf);
    return last === undefined ? { lifecycleExecutions } : { lifecycleExecutions, nextToken: tokenAt(context, input, last.position) };
  },
});
