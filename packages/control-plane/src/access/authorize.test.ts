import { describe, expect, test } from "@jest/globals";
import { ACCOUNT, ARN, documentWith, Scene } from "../testing/scene.js";
import { storeImageSources } from "../testing/store-row.js";

const scene = new Scene();

const component = (name: string, more: object = {}) => ({
  ...{ name, semanticVersion: "1.0.0", platform: "Linux", data: documentWith("true") },
  ...more,
});
const statement = (
  Effect: "Allow" | "Deny",
  Action: string | readonly string[],
  Resource: string | readonly string[] = "*",
  more = {},
) => ({
  ...{ Effect, Action, Resource },
  ...more,
});
type Statement = ReturnType<typeof statement>;

let users = 0;
/** A user with a policy, as the caller of an operation. */
async function userWith(...statements: readonly Statement[]): Promise<{ readonly principal: string }> {
  const document = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const policies = statements.length === 0 ? [] : [{ name: "own", document }];
  const { principal } = await scene.plane.keys.create({ account: ACCOUNT, user: `user-${(users += 1)}`, policies });
  return { principal };
}
const refusal = (principal: string, action: string, resource = "", because = `because no policy allows the ${action} action`) =>
  `ForbiddenException: User: ${principal} is not authorized to perform: ${action}${resource === "" ? "" : ` on resource: ${resource}`} ${because}.`;

test("IAM-005: a user without policies may do nothing", async () => {
  const { principal } = await userWith();
  expect(await scene.refused("ListImages", {}, { principal })).toBe(refusal(principal, "imagebuilder:ListImages"));
  expect(await scene.refused("CreateComponent", component("none"), { principal })).toBe(
    refusal(principal, "imagebuilder:CreateComponent", `${ARN}component/none/1.0.0/*`),
  );
});

test("a user who may do everything does what the root does", async () => {
  const { principal } = await userWith(statement("Allow", "*"));
  const created = await scene.call("CreateComponent", component("all"), { principal });
  expect(created.componentBuildVersionArn).toBe(`${ARN}component/all/1.0.0/1`);
  await scene.call("DeleteComponent", { componentBuildVersionArn: `${ARN}component/all/1.0.0/1` }, { principal });
});

describe("what a policy names", () => {
  test("the resource, whether it is there or not", async () => {
    await scene.call("CreateComponent", component("mine-a"));
    await scene.call("CreateComponent", component("other-a"));
    const { principal } = await userWith(statement("Allow", "imagebuilder:GetComponent", `${ARN}component/mine-*`));
    const get = (name: string) =>
      scene.refused("GetComponent", { componentBuildVersionArn: `${ARN}component/${name}/1.0.0/1` }, { principal });
    expect(await get("mine-a")).toMatch(/^no error: /);
    expect(await get("mine-b")).toMatch(/^ResourceNotFoundException: /);
    for (const name of ["other-a", "other-b"])
      expect(await get(name)).toBe(refusal(principal, "imagebuilder:GetComponent", `${ARN}component/${name}/1.0.0/1`));
  });

  test("what is created, which is taken back; also its dry run, and its client token stays free", async () => {
    const { principal } = await userWith(statement("Allow", "imagebuilder:CreateComponent", `${ARN}component/web-*`));
    const create = (name: string, more = {}) =>
      scene.refused("CreateComponent", component(name, { clientToken: `t-${name}`, ...more }), { principal });
    const refused = refusal(principal, "imagebuilder:CreateComponent", `${ARN}component/db-a/1.0.0/*`);
    expect(await create("db-a")).toBe(refused);
    expect(await create("db-a", { dryRun: true })).toBe(refused);
    expect(await create("web-a")).toMatch(/^no error: /);
    expect(await create("web-a")).toMatch(/^no error: /);
    const made = await scene.call("CreateComponent", component("db-a"));
    expect(made.componentBuildVersionArn).toBe(`${ARN}component/db-a/1.0.0/1`);
  });

  test("what is created: a build that is not allowed is taken back when its number is known", async () => {
    const { principal } = await userWith(statement("Allow", "imagebuilder:CreateComponent", `${ARN}component/pinned/1.0.0/1`));
    const create = (command: string) =>
      scene.refused("CreateComponent", component("pinned", { data: documentWith(command) }), { principal });
    expect(await create("true")).toMatch(/^no error: /);
    expect(await create("false")).toBe(refusal(principal, "imagebuilder:CreateComponent", `${ARN}component/pinned/1.0.0/2`));
  });

  test("tags of the resource and of the request", async () => {
    await scene.call("CreateComponent", component("tagged", { tags: { team: "a" } }));
    const { principal } = await userWith(
      statement("Allow", "imagebuilder:GetComponent", "*", { Condition: { StringEquals: { "aws:ResourceTag/team": "a" } } }),
      statement("Allow", "imagebuilder:TagResource", "*", { Condition: { StringEquals: { "aws:RequestTag/team": "b" } } }),
    );
    const arn = `${ARN}component/tagged/1.0.0/1`;
    const get = () => scene.refused("GetComponent", { componentBuildVersionArn: arn }, { principal });
    expect(await get()).toMatch(/^no error: /);
    expect(await scene.refused("TagResource", { resourceArn: arn, tags: { team: "c" } }, { principal })).toMatch(/^ForbiddenException: /);
    expect(await scene.refused("TagResource", { resourceArn: arn, tags: { team: "b" } }, { principal })).toBe("no error: {}");
    expect(await get()).toMatch(/^ForbiddenException: /);
  });

  test("the policy of the resource counts beside those of the user, and a deny always wins", async () => {
    await scene.call("CreateComponent", component("guarded"));
    const componentArn = `${ARN}component/guarded/1.0.0/1`;
    const { principal } = await userWith(statement("Allow", "imagebuilder:GetComponent"));
    const policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Principal: { AWS: principal }, Action: "imagebuilder:GetComponent", Resource: componentArn }],
    });
    await scene.call("PutComponentPolicy", { componentArn, policy });
    expect(await scene.refused("GetComponent", { componentBuildVersionArn: componentArn }, { principal })).toBe(
      refusal(principal, "imagebuilder:GetComponent", componentArn, "with an explicit deny in a policy"),
    );
    expect(await scene.refused("GetComponent", { componentBuildVersionArn: componentArn })).toMatch(/^no error: /);
  });

  test("a role that is passed on, and to whom", async () => {
    const to = (service: string) => ({ Condition: { StringEquals: { "iam:PassedToService": service } } });
    const role = `arn:aws:iam::${ACCOUNT}:role/builder`;
    const create = async (service: string) => {
      const { principal } = await userWith(statement("Allow", "imagebuilder:*"), statement("Allow", "iam:PassRole", role, to(service)));
      const input = { name: `passes ${service.split(".")[0] ?? ""}`, instanceProfileName: "builder" };
      return [principal, await scene.refused("CreateInfrastructureConfiguration", input, { principal })] as const;
    };
    expect((await create("ec2.amazonaws.com"))[1]).toMatch(/^no error: /);
    const [principal, refused] = await create("imagebuilder.amazonaws.com");
    expect(refused).toBe(refusal(principal, "iam:PassRole", role));
  });

  test("where the request comes from", async () => {
    const { principal } = await userWith(
      statement("Allow", "imagebuilder:ListComponents", "*", { Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } } }),
    );
    const list = (sourceIp: string) => scene.refused("ListComponents", {}, { principal, connection: { sourceIp, isSecure: true } });
    expect(await list("192.0.2.7")).toMatch(/^no error: /);
    expect(await list("198.51.100.7")).toBe(refusal(principal, "imagebuilder:ListComponents"));
  });
});

describe("who may not create something finds out nothing:", () => {
  const uri = "s3://private/there";
  test.each<[string, object]>([
    ["that it is there", {}],
    ["that its build is there", { data: documentWith("false") }],
    ["whether its document is faulty", { data: "a: b" }],
    ["whether its request is faulty", { platform: "Rocket" }],
    ["whether an object of S3 is there", { data: undefined, uri }],
    ["whether an object of S3 is missing", { data: undefined, uri: "s3://private/missing" }],
    ["what another user's call with the token has created", { clientToken: "theirs" }],
    ["that the token was used for something else", { clientToken: "theirs", description: "another" }],
  ])("%s", async (_, more) => {
    scene.objects.set(uri, documentWith("true"));
    await scene.refused("CreateComponent", component("hidden", { clientToken: "theirs" }));
    const { principal } = await userWith(statement("Allow", "imagebuilder:CreateComponent", `${ARN}component/own-*`));
    expect(await scene.refused("CreateComponent", component("hidden", more), { principal })).toBe(
      refusal(principal, "imagebuilder:CreateComponent", `${ARN}component/hidden/1.0.0/*`),
    );
  });

  test("that a configuration is there", async () => {
    const [operation, action] = ["CreateInfrastructureConfiguration", "imagebuilder:CreateInfrastructureConfiguration"] as const;
    await scene.call(operation, { name: "hidden", instanceProfileName: "builder" });
    const { principal } = await userWith(statement("Allow", "iam:PassRole"));
    const create = (name: string) => scene.refused(operation, { name, instanceProfileName: "builder" }, { principal });
    for (const name of ["hidden", "free"])
      expect(await create(name)).toBe(refusal(principal, action, `${ARN}infrastructure-configuration/${name}`));
  });

  test("nor gets the answer to another user's token, whose image the request does not name", async () => {
    await storeImageSources(scene);
    const imagePipelineArn = `${ARN}image-pipeline/nightly`;
    const input = { imageRecipeArn: `${ARN}image-recipe/web-server/1.0.0`, name: "nightly" };
    await scene.call("CreateImagePipeline", { ...input, infrastructureConfigurationArn: `${ARN}infrastructure-configuration/small` });
    const start = { imagePipelineArn, clientToken: "started" };
    await scene.call("StartImagePipelineExecution", start);
    const { principal } = await userWith(statement("Allow", "imagebuilder:StartImagePipelineExecution", imagePipelineArn));
    expect(await scene.refused("StartImagePipelineExecution", start, { principal })).toBe(
      refusal(principal, "imagebuilder:StartImagePipelineExecution", `${ARN}image/web-server/1.0.0/1`),
    );
  });
});
