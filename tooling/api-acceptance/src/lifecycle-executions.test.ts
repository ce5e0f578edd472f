import { paginateListLifecycleExecutions } from "@aws-sdk/client-imagebuilder";
import { describe, expect } from "@jest/globals";
import { makeComponent, makeLifecyclePolicy } from "./support/make.js";
import { makeImage } from "./support/make-image.js";
import { entries } from "./support/pages.js";
import { prove } from "./support/prove.js";
import { MESSAGES, refused } from "./support/refused.js";
import { api } from "./support/service.js";

const ID = "lce-00000000-0000-4000-8000-000000000000";
const invalid = MESSAGES.invalidValue("lifecycleExecutionId");

describe("runs of lifecycle policies", () => {
  prove("API-002", async () => {
    await refused(api.cancelLifecycleExecution({ lifecycleExecutionId: ID, clientToken: undefined }), "ResourceNotFoundException");
    const wrong = api.cancelLifecycleExecution({ lifecycleExecutionId: "lce-1", clientToken: undefined });
    await refused(wrong, "InvalidParameterValueException", invalid);
  });

  prove("API-033", async () => {
    await refused(api.getLifecycleExecution({ lifecycleExecutionId: ID }), "ResourceNotFoundException");
    await refused(api.getLifecycleExecution({ lifecycleExecutionId: "lce-1" }), "InvalidParameterValueException", invalid);
  });

  prove("API-055", async () => {
    await refused(api.listLifecycleExecutionResources({ lifecycleExecutionId: ID }), "ResourceNotFoundException");
    await refused(api.listLifecycleExecutionResources({ lifecycleExecutionId: "lce-1" }), "InvalidParameterValueException", invalid);
  });

  prove("API-056", async () => {
    for (const resourceArn of [await makeLifecyclePolicy(), await makeImage()])
      expect(await entries(paginateListLifecycleExecutions, { resourceArn }, "lifecycleExecutions")).toEqual([]);
    const wrong = api.listLifecycleExecutions({ resourceArn: await makeComponent() });
    await refused(wrong, "InvalidParameterValueException", MESSAGES.invalidValue("resourceArn"));
    const missing = api.listLifecycleExecutions({ resourceArn: `${await makeLifecyclePolicy()}-none` });
    await refused(missing, "ResourceNotFoundException");
  });
});
