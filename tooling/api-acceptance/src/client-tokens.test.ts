import * as sdk from "@aws-sdk/client-imagebuilder";
import { describe, expect, test } from "@jest/globals";
import { componentDocument } from "./support/documents.js";
import { makeInfrastructure, makePipeline } from "./support/make.js";
import { removeImageAfterwards } from "./support/make-image.js";
import { prove } from "./support/prove.js";
import { MESSAGES, refused } from "./support/refused.js";
import { removeAfterwards } from "./support/remove-afterwards.js";
import { sendSigned } from "./support/signed-request.js";
import { api } from "./support/service.js";
import { uniqueName } from "./support/unique-name.js";

const component = () => ({
  ...{ name: uniqueName("component"), semanticVersion: "1.0.0", platform: "Linux" as const },
  ...{ data: componentDocument(), clientToken: uniqueName("token") },
});

async function create(request: ReturnType<typeof component>): Promise<string> {
  const { componentBuildVersionArn = "", clientToken } = await api.createComponent(request);
  expect(clientToken).toBe(request.clientToken);
  removeAfterwards(() => api.deleteComponent({ componentBuildVersionArn }));
  return componentBuildVersionArn;
}

describe("client tokens", () => {
  prove("API-078", async () => {
    const request = component();
    expect(await create(request)).toBe(await create(request));
    const start = { imagePipelineArn: await makePipeline(), clientToken: uniqueName("token") };
    const images = [await api.startImagePipelineExecution(start), await api.startImagePipelineExecution(start)];
    for (const { imageBuildVersionArn = "" } of images) removeImageAfterwards(imageBuildVersionArn);
    expect(images[0]?.imageBuildVersionArn).toBe(images[1]?.imageBuildVersionArn);
    for (const operation of tokenOperations()) {
      const { status, error, body } = await sendSigned("PUT", `/${operation}`, { clientToken: "" });
      expect([operation, status, error]).toEqual([operation, 400, "InvalidParameterValueException"]);
      expect(String(body["message"])).toContain("clientToken");
    }
  });

  prove("API-079", async () => {
    const request = component();
    const arn = await create(request);
    await refused(api.createComponent({ ...request, description: "another" }), "IdempotentParameterMismatchException");
    // the same token means nothing to another operation
    await makeInfrastructure({ clientToken: request.clientToken });
    const { component: found } = await api.getComponent({ componentBuildVersionArn: arn });
    expect(found?.description).toBeUndefined();
  });

  prove("API-080", async () => {
    const without = ["TagResource", "PutComponentPolicy", "PutContainerRecipePolicy", "PutImagePolicy", "PutImageRecipePolicy"];
    expect(tokenOperations().filter((name) => /^(Delete|Put|Tag|Untag|Get|List)/.test(name) || without.includes(name))).toEqual([]);
    const { status, error } = await sendSigned("PUT", "/PutComponentPolicy", { componentArn: "x", policy: "{}", clientToken: "token" });
    expect([status, error]).toEqual([400, "InvalidParameterValueException"]);
  });

  test("a token of 64 characters is the longest", async () => {
    await create({ ...component(), clientToken: uniqueName("token").padEnd(64, "x") });
    const longer = api.createComponent({ ...component(), clientToken: "x".repeat(65) });
    await refused(longer, "InvalidParameterValueException", MESSAGES.invalidValue("clientToken"));
  });

  test("a call that failed leaves its token free", async () => {
    const request = component();
    await refused(api.createComponent({ ...request, data: "none" }), "InvalidParameterValueException");
    await create(request);
  });

  test("calls at the same time with one token are one", async () => {
    const request = component();
    const arns = await Promise.all(Array.from({ length: 10 }, () => api.createComponent(request)));
    const [arn = "", ...others] = [...new Set(arns.map(({ componentBuildVersionArn }) => componentBuildVersionArn))];
    removeAfterwards(() => api.deleteComponent({ componentBuildVersionArn: arn }));
    expect(others).toEqual([]);
  });
});

/** The operations with a client token: the SDK fills them by itself. */
function tokenOperations(): string[] {
  return Object.keys(sdk)
    .flatMap((name) => /^([A-Za-z]+)Command$/.exec(name)?.[1] ?? [])
    .filter((name) => /^(Cancel|Create|Distribute|Import|Retry|Send|Start|Update)/.test(name));
}
