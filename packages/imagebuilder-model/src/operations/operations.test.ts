import { describe, expect, test } from "@jest/globals";
import { errorNames, findOperation, isErrorName, isOperationName, operationNames, operationOf, serviceErrorOf, shapeOf } from "../index.js";

describe("operations", () => {
  test("there are 77, each found by its method and path", () => {
    expect(operationNames()).toHaveLength(77);
    for (const name of operationNames()) {
      const { method, path } = operationOf(name);
      expect(findOperation(method, path.replace("{resourceArn}", "arn"))?.name).toBe(name);
    }
  });

  test("method and path follow a rule, with few exceptions", () => {
    const methodOf = (name: string) => (/^(Get|Delete|List)/.exec(name)?.[0] ?? "other") as "Get" | "Delete" | "List" | "other";
    const methods = { Get: "GET", Delete: "DELETE", List: "POST", other: "PUT" };
    const exceptions = operationNames().filter((name) => {
      const { method, path } = operationOf(name);
      return path !== `/${name}` || method !== methods[methodOf(name)];
    });
    expect(exceptions).toEqual(["GetMarketplaceResource", "ListTagsForResource", "TagResource", "UntagResource"]);
  });

  test("labels, query and headers name members of the request", () => {
    for (const name of operationNames()) {
      const { input, labels = {}, query = {}, headers } = operationOf(name);
      const shape = shapeOf(input);
      expect(headers).toBeUndefined();
      for (const member of [...Object.keys(labels), ...Object.keys(query)]) {
        expect([name, shape.type === "structure" && Object.hasOwn(shape.members, member)]).toEqual([name, true]);
      }
    }
    expect(operationOf("UntagResource")).toMatchObject({ labels: { resourceArn: "resourceArn" }, query: { tagKeys: "tagKeys" } });
  });

  test("a label is decoded, and is one segment of the path", () => {
    const arn = "arn:aws:imagebuilder:eu-west-1:123456789012:image/web/1.0.0/1";
    expect(findOperation("DELETE", `/tags/${encodeURIComponent(arn)}`)).toEqual({
      name: "UntagResource",
      operation: operationOf("UntagResource"),
      labels: { resourceArn: arn },
    });
    expect(findOperation("GET", `/tags/${arn}`)).toBeUndefined();
  });

  test.each([
    ["GET", "/CreateImage"],
    ["put", "/CreateImage"],
    ["PUT", "/createimage"],
    ["PUT", "CreateImage"],
    ["PUT", "/CreateImage/"],
    ["GET", "/tags/"],
    ["GET", "/tags/%E0%A4%A"],
    ["PUT", "/constructor"],
  ])("%s %s calls none", (method, path) => {
    expect(findOperation(method, path)).toBeUndefined();
  });

  test("other names are not operations", () => {
    expect(["CreateImage", "createImage", "constructor", ""].map(isOperationName)).toEqual([true, false, false, false]);
  });
});

describe("errors", () => {
  test("there are 20, with their status; those of 500 and above are the server's", () => {
    const byStatus: Record<number, string[]> = {};
    for (const name of errorNames()) {
      const { status, fault } = serviceErrorOf(name);
      (byStatus[status] ??= []).push(name);
      expect([name, fault]).toEqual([name, status < 500 ? "client" : "server"]);
    }
    const { 400: invalid = [], ...others } = byStatus;
    expect(invalid).toHaveLength(11);
    expect(others).toEqual({
      402: ["ServiceQuotaExceededException"],
      403: ["AccessDeniedException", "ForbiddenException"],
      404: ["ResourceNotFoundException"],
      412: ["DryRunOperationException"],
      429: ["CallRateLimitExceededException", "TooManyRequestsException"],
      500: ["ServiceException"],
      503: ["ServiceUnavailableException"],
    });
  });

  test("operations declare only errors; other shapes are not errors", () => {
    for (const name of operationNames()) expect(operationOf(name).errors.every(isErrorName)).toBe(true);
    expect(isErrorName("Image")).toBe(false);
  });
});
