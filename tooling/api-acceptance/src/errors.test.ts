import { describe, expect, test } from "@jest/globals";
import { componentDocument } from "./support/documents.js";
import { KINDS, NAMED_KINDS } from "./support/kinds.js";
import { makeComponent, makeContainerRecipe, makeImageRecipe, makePipeline } from "./support/make.js";
import { prove } from "./support/prove.js";
import { MESSAGES, refused } from "./support/refused.js";
import { sendSigned } from "./support/signed-request.js";
import { api, arnOf, endpoint } from "./support/service.js";
import { uniqueName } from "./support/unique-name.js";

const MISSING = { "": "", "/1.0.0": "/1.0.0", "/1.0.0/1": "/1.0.0/1" };

describe("errors", () => {
  prove("API-097", async () => {
    const arn = encodeURIComponent(await arnOf("component/none/1.0.0/1"));
    const rows = [
      ["GET", `/GetComponent?componentBuildVersionArn=${arn}`, undefined, 404, "ResourceNotFoundException"],
      ["PUT", "/CreateComponent", {}, 400, "InvalidParameterValueException"],
      ["POST", "/ListComponents", { nextToken: "none" }, 400, "InvalidPaginationTokenException"],
      ["POST", "/ListComponents", { unknown: 1 }, 400, "InvalidParameterValueException"],
      ["GET", `/tags/${encodeURIComponent("arn:aws:s3:::b")}`, undefined, 400, "InvalidParameterException"],
    ] as const;
    for (const [method, path, body, status, error] of rows) {
      const answer = await sendSigned(method, path, body);
      expect([path, answer.status, answer.error, Object.keys(answer.body)]).toEqual([path, status, error, ["message"]]);
      expect(answer.headers.get("content-type")).toMatch(/^application\/(x-amz-)?json/);
    }
  });

  prove("API-098", async () => {
    for (const { type, suffix, title, make } of NAMED_KINDS) {
      const name = uniqueName("twice");
      const arn = await make({ name });
      const error = suffix === "/1.0.0/1" ? "InvalidRequestException" : "ResourceAlreadyExistsException";
      await refused(make({ name, tags: { other: "yes" } }), error, MESSAGES.exists(title, arn));
      expect(type).toBeTruthy();
    }
    const name = uniqueName("twice");
    await makeComponent({ name });
    expect(await makeComponent({ name, data: componentDocument("another") })).toBe(await arnOf(`component/${name}/1.0.0/2`));
    expect(await makeComponent({ name })).toBe(await arnOf(`component/${name}/1.0.0/3`));
  });

  prove("API-099", async () => {
    const componentArn = await makeComponent();
    const recipes = [
      await makeImageRecipe({ components: [{ componentArn }] }),
      await makeContainerRecipe({ components: [{ componentArn }] }),
    ];
    const dependents = new RegExp(`(${recipes.join("|")}).+(${recipes.join("|")})`);
    await refused(api.deleteComponent({ componentBuildVersionArn: componentArn }), "ResourceDependencyException", dependents);
    const [imageRecipeArn = ""] = recipes;
    const pipeline = await makePipeline({ imageRecipeArn });
    await refused(api.deleteImageRecipe({ imageRecipeArn }), "ResourceDependencyException", new RegExp(pipeline));
  });

  prove("API-100", async () => {
    for (const { type, suffix, get } of KINDS) {
      const arn = await arnOf(`${type}/${uniqueName("none")}${MISSING[suffix]}`);
      await refused(get(arn), "ResourceNotFoundException", new RegExp(arn));
    }
    // what belongs to another account looks the same as what does not exist
    const foreign = await arnOf("component/none/1.0.0/1", "999999999999");
    await refused(api.getComponent({ componentBuildVersionArn: foreign }), "ResourceNotFoundException");
  });

  prove("API-101", async () => {
    const { requestId, $metadata } = await api.listComponents({ filters: [{ name: "name", values: [uniqueName("none")] }] });
    expect(requestId).toBe($metadata.requestId);
    for (const path of ["/ListWorkflows", "/ListLifecyclePolicies", "/ListWaitingWorkflowSteps"]) {
      const { headers, body } = await sendSigned("POST", path, {});
      expect([path, "requestId" in body, headers.get("x-amzn-requestid")]).toEqual([path, false, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    }
  });

  test("a request without a signature is refused before anything else", async () => {
    for (const [method, path] of [
      ["POST", "/ListComponents"],
      ["PUT", "/CreateComponent"],
      ["GET", "/tags/x"],
    ] as const) {
      const response = await fetch(new URL(path, endpoint), { method });
      expect([path, response.status, response.headers.get("x-amzn-errortype")]).toEqual([path, 403, "MissingAuthenticationTokenException"]);
    }
  });

  test("a path that the API does not have is unknown", async () => {
    const { status, error } = await sendSigned("POST", "/ListEverything", {});
    expect([status, error]).toEqual([404, "UnknownOperationException"]);
  });
});
