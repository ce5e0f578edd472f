import { describe, expect, test } from "@jest/globals";
import { operationNames, operationOf, shapeOf, type OperationName, type ShapeName } from "@imagewright/imagebuilder-model";
import { accessQuestions, circumstanceKeys, createdResource, operationAccess, operationKeys } from "../index.js";
import { ACCOUNT, arn, OTHER } from "../testing/builders.js";

const place = { partition: "aws", region: "eu-west-1", account: ACCOUNT };

/** The paths of all texts in a request whose shapes fit. */
function pathsOf(operation: OperationName, fits: (shape: ShapeName, member: string) => boolean): string[] {
  const found: string[] = [];
  const walk = (name: ShapeName, path: string, depth: number) => {
    const shape = shapeOf(name);
    if (depth > 8) return;
    if (shape.type === "structure")
      for (const [member, inner] of Object.entries(shape.members)) walk(inner, path === "" ? member : `${path}.${member}`, depth + 1);
    else if (shape.type === "list") walk(shape.member, `${path}[]`, depth + 1);
    else if (shape.type === "string" && fits(name, path)) found.push(path);
  };
  walk(operationOf(operation).input, "", 0);
  return found.sort();
}

describe("IAM-002: what policies have to allow for each operation", () => {
  test("all 77 operations have their action", () => {
    expect(operationNames()).toHaveLength(77);
    for (const name of operationNames()) expect(operationAccess(name).action).toBe(`imagebuilder:${name}`);
  });

  test("every ARN of the service that a request may have is listed, and nothing else", () => {
    // the pattern of an ARN in the model names the service
    const isArn = (shape: ShapeName) => {
      const facts = shapeOf(shape);
      return facts.type === "string" && facts.pattern?.includes(":imagebuilder:") === true;
    };
    const listed = (operation: OperationName) =>
      operationAccess(operation)
        .named.flatMap(({ at, form }) => (form === "arn" ? [at] : []))
        .sort();
    for (const name of operationNames()) expect([name, listed(name)]).toEqual([name, pathsOf(name, isArn)]);
  });

  test("so are ids of executions and texts that may be ARNs of images", () => {
    const isOther = (shape: ShapeName, member: string) => /ExecutionId$/.test(shape) || /^(parentImage|sourceImage)$/.test(member);
    const listed = (operation: OperationName) =>
      operationAccess(operation)
        .named.flatMap(({ at, form }) => (form === "arn" ? [] : [at]))
        .sort();
    for (const name of operationNames()) expect([name, listed(name)]).toEqual([name, pathsOf(name, isOther)]);
  });

  test("IAM-009: and every role, with the service that assumes it", () => {
    const isRole = (shape: ShapeName, member: string) => shape === "RoleNameOrArn" || member === "instanceProfileName";
    for (const name of operationNames()) {
      const { passes } = operationAccess(name);
      expect([name, passes.map(({ at }) => at)]).toEqual([name, pathsOf(name, isRole)]);
      for (const { at, service } of passes)
        expect(service).toBe(at === "executionRole" ? "imagebuilder.amazonaws.com" : "ec2.amazonaws.com");
    }
  });

  test("operations that create say what; those about nothing are lists", () => {
    const creating = operationNames().filter((name) => operationAccess(name).creates.length > 0);
    const others = operationNames().filter((name) => /^(Create|Import)/.test(name) && !creating.includes(name));
    expect(others).toEqual([]);
    expect(creating.filter((name) => !/^(Create|Import)/.test(name))).toEqual(["DistributeImage", "StartImagePipelineExecution"]);
    const aboutNothing = operationNames().filter((name) => operationAccess(name).named.length + operationAccess(name).creates.length === 0);
    expect(aboutNothing.filter((name) => !name.startsWith("List"))).toEqual([]);
    expect(aboutNothing).toContain("ListImages");
  });
});

describe("the questions of a request", () => {
  test.each<[OperationName, object, object[]]>([
    ["ListImages", { owner: "Self" }, [{ action: "imagebuilder:ListImages", resource: "*" }]],
    ["GetImage", { imageBuildVersionArn: arn("image/a/1.0.0/1") }, [{ action: "imagebuilder:GetImage", resource: arn("image/a/1.0.0/1") }]],
    [
      "GetWorkflowExecution",
      { workflowExecutionId: "wf-1" },
      [{ action: "imagebuilder:GetWorkflowExecution", resource: arn("workflow-execution/wf-1") }],
    ],
    ["CreateComponent", { name: "a" }, []],
    [
      "CreateImageRecipe",
      {
        components: [
          { componentArn: arn("component/own/1.0.0/1") },
          { componentArn: arn("component/shared/x.x.x", OTHER) },
          { componentArn: arn("component/managed/1.0.0", "aws") },
        ],
        parentImage: arn("image/base/1.0.0/1", OTHER),
      },
      [
        { action: "imagebuilder:CreateImageRecipe", resource: arn("component/own/1.0.0/1") },
        { action: "imagebuilder:CreateImageRecipe", resource: arn("component/shared/x.x.x", OTHER), sharedAs: "imagebuilder:GetComponent" },
        {
          action: "imagebuilder:CreateImageRecipe",
          resource: arn("component/managed/1.0.0", "aws"),
          sharedAs: "imagebuilder:GetComponent",
        },
        { action: "imagebuilder:CreateImageRecipe", resource: arn("image/base/1.0.0/1", OTHER), sharedAs: "imagebuilder:GetImage" },
      ],
    ],
    ["CreateImageRecipe", { components: "none", parentImage: "ami-1" }, []],
    ["CreateContainerRecipe", { components: [null, {}, { componentArn: 7 }], parentImage: "docker.io/debian:12" }, []],
    [
      "UpdateLifecyclePolicy",
      { lifecyclePolicyArn: arn("lifecycle-policy/a"), executionRole: `arn:aws:iam::${OTHER}:role/x` },
      [
        { action: "imagebuilder:UpdateLifecyclePolicy", resource: arn("lifecycle-policy/a") },
        { action: "iam:PassRole", resource: `arn:aws:iam::${OTHER}:role/x`, passedTo: "imagebuilder.amazonaws.com" },
      ],
    ],
    [
      "CreateInfrastructureConfiguration",
      { instanceProfileName: "builds" },
      [{ action: "iam:PassRole", resource: `arn:aws:iam::${ACCOUNT}:role/builds`, passedTo: "ec2.amazonaws.com" }],
    ],
  ])("%s", (operation, request, expected) => {
    expect(accessQuestions(operation, request, place)).toEqual(expected);
  });

  test("come from the request itself, not from what it inherits", () => {
    const request = Object.create({ imageBuildVersionArn: arn("image/a/1.0.0/1") }) as object;
    expect(accessQuestions("GetImage", request, place)).toEqual([]);
    expect(accessQuestions("GetImage", undefined, place)).toEqual([]);
  });
});

describe("IAM-003: the condition keys of a request", () => {
  const tags = JSON.parse('{"team": "web", "__proto__": "x"}') as object;
  const infrastructure = {
    tags,
    resourceTags: { Cost: "7" },
    instanceMetadataOptions: { httpTokens: "required" },
    snsTopicArn: "arn:aws:sns:eu-west-1:1:t",
  };

  test.each<[OperationName, object, object]>([
    [
      "CreateInfrastructureConfiguration",
      infrastructure,
      {
        "aws:RequestTag/team": "web",
        "aws:RequestTag/__proto__": "x",
        "aws:TagKeys": ["team", "__proto__"],
        "imagebuilder:CreatedResourceTag/Cost": "7",
        "imagebuilder:CreatedResourceTagKeys": ["Cost"],
        "imagebuilder:Ec2MetadataHttpTokens": "required",
        "imagebuilder:StatusTopicArn": "arn:aws:sns:eu-west-1:1:t",
      },
    ],
    [
      "CreateImage",
      infrastructure,
      { "aws:RequestTag/team": "web", "aws:RequestTag/__proto__": "x", "aws:TagKeys": ["team", "__proto__"] },
    ],
    ["UntagResource", { tagKeys: ["a", "b"] }, { "aws:TagKeys": ["a", "b"] }],
    [
      "UpdateLifecyclePolicy",
      { resourceType: "AMI_IMAGE" },
      { "aws:TagKeys": [], "imagebuilder:LifecyclePolicyResourceType": "AMI_IMAGE" },
    ],
    ["GetImage", { resourceType: "AMI_IMAGE" }, { "aws:TagKeys": [] }],
  ])("%s", (operation, request, expected) => {
    expect(operationKeys(operation, request)).toEqual(expected);
  });

  test("those of how it came", () => {
    expect(circumstanceKeys({ at: new Date("2026-11-29T08:00:00.700Z"), sourceIp: "::1", isSecure: false, region: "eu-west-1" })).toEqual({
      "aws:CurrentTime": "2026-11-29T08:00:00.700Z",
      "aws:EpochTime": "1795939200",
      "aws:SourceIp": "::1",
      "aws:SecureTransport": "false",
      "aws:RequestedRegion": "eu-west-1",
    });
  });
});

describe("what a request creates, before anything is looked at", () => {
  const of = (operation: OperationName, request: unknown) => {
    const { arn: found = "", isOpen, tags } = createdResource(operation, request, place) ?? {};
    return [found.replace(arn(""), ""), isOpen === true ? "…" : "", Object.keys(tags ?? {}).join()].join(" ").trim();
  };
  const recipe = arn("image-recipe/web/1.0.0");
  test.each<[OperationName, unknown, string]>([
    ["CreateComponent", { name: "My Web", semanticVersion: "1.0.0", tags: { a: "b", c: 1 } }, "component/my-web/1.0.0/ … a"],
    ["CreateComponent", { name: "web", semanticVersion: "1.x" }, "component/web/ …"],
    ["CreateComponent", { name: 1 }, ""],
    ["CreateComponent", undefined, ""],
    ["CreateWorkflow", { name: "web", semanticVersion: "1.0.0", type: "TEST" }, "workflow/test/web/1.0.0/ …"],
    ["CreateWorkflow", { name: "web", type: "ROCKET" }, ""],
    ["CreateImageRecipe", { name: "web", semanticVersion: "1.0.0" }, "image-recipe/web/1.0.0"],
    ["CreateImageRecipe", { name: "web", semanticVersion: "1.x.x" }, "image-recipe/web/ …"],
    ["CreateImagePipeline", { name: "web", imageRecipeArn: recipe }, "image-pipeline/web"],
    ["CreateImage", { imageRecipeArn: recipe }, "image/web/1.0.0/ …"],
    ["CreateImage", { imageRecipeArn: arn("image-recipe/web/x.x.x") }, "image/web/ …"],
    ["DistributeImage", { sourceImage: arn("image/web/1.0.0/7") }, "image/web/1.0.0/ …"],
    ["DistributeImage", { sourceImage: "ami-0123456789abcdef0" }, ""],
    ["StartImagePipelineExecution", { imagePipelineArn: arn("image-pipeline/web") }, ""],
    ["GetImage", { imageBuildVersionArn: arn("image/web/1.0.0/1") }, ""],
  ])("%s %j: %s", (operation, request, expected) => {
    expect(of(operation, request)).toBe(expected);
  });
});
