// Faked: KMS, by a server on loopback that speaks its protocol to the real SDK; see the slow tests of ib for another one.
import { PassThrough } from "node:stream";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { keyFileWrapper, newKeyFile, writeBackup, type ControlPlane } from "../index.js";
import { KeyScene } from "../testing/key-scene.js";
import { ARN, CALLER, documentWith, Scene } from "../testing/scene.js";

const scene = new Scene();
const keys = new KeyScene(scene);
const KEPT = 5 * 60_000;

let count = 0;
const inputOf = (kmsKeyId?: string, more: object = {}) => ({
  ...{ name: `named-${(count += 1)}`, semanticVersion: "1.0.0", platform: "Linux" as const, clientToken: `token-${count}` },
  ...{ data: documentWith("echo very-secret"), ...(kmsKeyId !== undefined && { kmsKeyId }), ...more },
});
const create = async (plane: ControlPlane, kmsKeyId?: string, caller = CALLER) =>
  String((await plane.call("CreateComponent", inputOf(kmsKeyId), caller)).componentBuildVersionArn);
const documentOf = async (plane: ControlPlane, componentBuildVersionArn: string) =>
  (await plane.call("GetComponent", { componentBuildVersionArn }, CALLER)).component?.data;
const refusal = (call: Promise<unknown>) =>
  call.then(
    (answer) => `no error: ${JSON.stringify(answer)}`,
    ({ name, message }: Error) => `${name}: ${message}`,
  );
const stored = async (arn: string) =>
  (await scene.pool.query<{ document: string }>("select document from resource where arn = $1", [arn])).rows[0]?.document ?? "";
const SECRET = documentWith("echo very-secret");

beforeEach(() => {
  keys.service.isDown = false;
  scene.now += 2 * KEPT;
});

describe("a resource that names a key", () => {
  test.each(["id", "alias", "ARN", "ARN of an alias"])("is sealed under it: by its %s", async (spelling) => {
    const key = keys.key(`key-${spelling.replaceAll(" ", "-")}`);
    const alias = keys.alias(`alias-${spelling.replaceAll(" ", "-")}`, key);
    const named = { id: key.split("/")[1], alias: alias.slice(alias.indexOf("alias/")), ARN: key, "ARN of an alias": alias }[spelling];
    const plane = await keys.open();
    const arn = await create(plane, named);
    expect(await documentOf(plane, arn)).toBe(SECRET);
    expect((await stored(arn)).startsWith("\u0001sealed:")).toBe(true);
    const { resourceKeys } = await plane.encryption.status();
    const resources = `${ARN}component/*`;
    expect(resourceKeys.filter((one) => one.key === key)).toEqual([{ id: expect.any(Number), key, resources, texts: 1, problem: null }]);
    expect(keys.service.contexts.at(-1)).toEqual({ "aws:imagebuilder:arn": resources });
    // the member is answered as it was given
    expect((await plane.call("GetComponent", { componentBuildVersionArn: arn }, CALLER)).component?.kmsKeyId).toBe(named);
  });

  test("shares its data key with all of its kind in the account, on all servers", async () => {
    const key = keys.key("shared");
    const [one, other] = [await keys.open(), await keys.open()];
    const asked = keys.service.requests.length;
    const arns = await Promise.all([one, other, one, other].map((plane) => create(plane, key)));
    for (const plane of [one, other]) for (const arn of arns) expect(await documentOf(plane, arn)).toBe(SECRET);
    await one.call("ListComponents", {}, CALLER);
    // both have made one, and one of them was stored, which the other one opens
    expect(keys.service.requests.slice(asked).map((request) => request.split(" ")[0])).toEqual([
      "GenerateDataKey",
      "GenerateDataKey",
      "Decrypt",
    ]);
    await create(one, key, { ...CALLER, account: "210987654321", principal: "arn:aws:iam::210987654321:root" });
    const { resourceKeys } = await one.encryption.status();
    expect(resourceKeys.filter((status) => status.key === key).map(({ texts }) => texts)).toEqual([4, 1]);
  });

  test("workflows, imported scripts and templates of container recipes, and the images that have a copy of these", async () => {
    const key = keys.key("kinds");
    const plane = await keys.open();
    const { workflowBuildVersionArn: workflow = "" } = await plane.call(
      "CreateWorkflow",
      {
        ...{ name: "own", semanticVersion: "1.0.0", type: "BUILD", kmsKeyId: key, clientToken: "own-workflow" },
        data: "# very-secret\nschemaVersion: 1.0\nsteps:\n  - { name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent } }\n",
      },
      CALLER,
    );
    const script = { type: "BUILD", format: "SHELL", data: "echo very-secret" } as const;
    const { componentBuildVersionArn: component = "" } = await plane.call("ImportComponent", inputOf(key, script) as never, CALLER);
    const { containerRecipeArn: recipe = "" } = await plane.call(
      "CreateContainerRecipe",
      {
        ...{ name: "own", semanticVersion: "1.0.0", containerType: "DOCKER", parentImage: "debian:12", clientToken: "own-recipe" },
        ...{ components: [{ componentArn: component }], kmsKeyId: key, targetRepository: { service: "ECR", repositoryName: "own" } },
        dockerfileTemplateData:
          "FROM {{{ imagebuilder:parentImage }}}\n# very-secret\n{{{ imagebuilder:environments }}}\n{{{ imagebuilder:components }}}\n",
      },
      CALLER,
    );
    const { infrastructureConfigurationArn: infrastructure = "" } = await plane.call(
      "CreateInfrastructureConfiguration",
      {
        name: "own",
        instanceProfileName: "builder",
        clientToken: "own-infrastructure",
        snsTopicArn: "arn:aws:sns:eu-west-1:123456789012:t",
      },
      CALLER,
    );
    const { imageBuildVersionArn: image = "" } = await plane.call(
      "CreateImage",
      { containerRecipeArn: recipe, infrastructureConfigurationArn: infrastructure, clientToken: "own-image" },
      CALLER,
    );
    const server = { id: "one", place: "here", pid: 1, processStart: "1" };
    await plane.runs.renew(server);
    const run = await plane.runs.claim({ server, gone: [], mostOfAccount: 5 });
    if (run === undefined) throw new Error("no image was claimed");
    await plane.runs.recordOf(run, server).keepChosen({ parentImage: undefined, components: [component] });
    for (const arn of [workflow, component, recipe, image]) expect([arn, (await stored(arn)).slice(0, 8)]).toEqual([arn, "\u0001sealed:"]);
    const { containerRecipe } = (await plane.call("GetImage", { imageBuildVersionArn: image }, CALLER)).image ?? {};
    expect(containerRecipe?.dockerfileTemplateData).toContain("# very-secret\n");

    for (const state of ["CREATING", "BUILDING", "TESTING"] as const) await plane.images.transition(image, state);
    await plane.images.transition(image, "FAILED", { reason: "for the topic" });
    const { rows } = await scene.pool.query<{ document: string }>("select document from event_outbox where document is not null");
    expect([rows.length, rows.filter(({ document }) => document.includes("very-secret"))]).toEqual([1, []]);
    const backup = new PassThrough();
    const chunks: Buffer[] = [];
    backup.on("data", (chunk: Buffer) => chunks.push(chunk));
    await writeBackup(scene.url, backup, new Date());
    expect(Buffer.concat(chunks).includes("very-secret")).toBe(false);

    // what its key does not open is refused alone
    keys.service.states.set(key, "disabled");
    const started = await keys.open();
    const reason = `What a resource has under a KMS key of its own cannot be opened: the KMS key "${key}" cannot be used: DisabledException: "${key} is disabled.".`;
    const get = { workflowBuildVersionArn: workflow };
    expect(await refusal(started.call("GetWorkflow", get, CALLER))).toBe(`ClientException: ${reason}`);
    for (const call of [
      started.call("GetContainerRecipe", { containerRecipeArn: recipe }, CALLER),
      started.call("GetImage", { imageBuildVersionArn: image }, CALLER),
      started.call(
        "CreateImage",
        { containerRecipeArn: recipe, infrastructureConfigurationArn: infrastructure, clientToken: "again" },
        CALLER,
      ),
    ])
      expect(await refusal(call)).toBe(`ClientException: ${reason}`);
    expect((await started.call("ListWorkflows", {}, CALLER)).workflowVersionList).toHaveLength(1);
    expect((await started.call("ListContainerRecipes", {}, CALLER)).containerRecipeSummaryList).toHaveLength(1);
    await started.call("TagResource", { resourceArn: recipe, tags: { a: "b" } }, CALLER);
    // its state changes, and another server has it to run: it can only fail
    await started.call("RetryImage", { imageBuildVersionArn: image, clientToken: "retry" }, CALLER);
    await started.runs.renew(server);
    const claimed = await started.runs.claim({ server, gone: [], mostOfAccount: 5 });
    expect([claimed?.arn, claimed?.origin, claimed?.originProblem]).toEqual([image, {}, expect.stringContaining("is disabled.")]);
    await started.images.transition(image, "FAILED", { reason: "its key" });
    await started.call("DeleteWorkflow", { workflowBuildVersionArn: workflow }, CALLER);
  });

  test("without one it is sealed under the key of the server", async () => {
    const plane = await keys.open("use", { encryptionKey: keyFileWrapper(newKeyFile(), "server.key") });
    const before = await plane.encryption.status();
    await create(plane);
    expect((await plane.encryption.status()).dataKeys[0]?.texts).toBe((before.dataKeys[0]?.texts ?? 0) + 1);
    await scene.pool.query(
      "delete from resource where arn like '%component/named%' and document like E'\\x01sealed:' || (select max(id) from data_key where context is null) || ':%'",
    );
    await scene.pool.query("delete from data_key where context is null");
  });

  test("has its key stored only, where a server keeps keys", async () => {
    const asked = keys.service.requests.length;
    const plane = await keys.open("keep");
    const arn = await create(plane, "arn:aws:kms:eu-west-1:999999999999:key/elsewhere");
    expect([await stored(arn), keys.service.requests.length]).toEqual([SECRET, asked]);
    // and what another one has sealed is opened
    const key = keys.key("of-the-other-server");
    expect(await documentOf(plane, await create(await keys.open(), key))).toBe(SECRET);
  });
});

describe("a key that cannot be used", () => {
  const value = (reason: string) => `InvalidParameterValueException: The value supplied for parameter 'kmsKeyId' is not valid. ${reason}.`;

  test.each([
    ["disabled", (key: string) => `the KMS key "${key}" cannot be used: DisabledException: "${key} is disabled."`],
    ["pending deletion", (key: string) => `the KMS key "${key}" cannot be used: KMSInvalidStateException: "${key} is pending deletion."`],
    [
      "denied",
      (key: string) =>
        `the KMS key "${key}" cannot be used: AccessDeniedException: "User: test is not authorized to perform: kms:GenerateDataKey"`,
    ],
  ] as const)("refuses the creation: %s", async (state, reason) => {
    const key = keys.key(`refused-${state.replace(" ", "-")}`);
    keys.service.states.set(key, state);
    const plane = await keys.open();
    const before = await scene.pool.query("select count(*) from resource union all select count(*) from data_key");
    const input = inputOf(key);
    expect(await refusal(plane.call("CreateComponent", input, CALLER))).toBe(value(reason(key)));
    expect((await scene.pool.query("select count(*) from resource union all select count(*) from data_key")).rows).toEqual(before.rows);
    keys.service.states.delete(key);
    scene.now += 5_000;
    expect(await refusal(plane.call("CreateComponent", input, CALLER))).toMatch(/^no error/);
  });

  test.each([
    [
      "arn:aws:kms:eu-west-1:111122223333:key/none",
      "NotFoundException: \"Key 'arn:aws:kms:eu-west-1:111122223333:key/none' does not exist\"",
    ],
    ["alias/none", 'NotFoundException: "Alias arn:aws:kms:eu-west-1:111122223333:alias/none is not found."'],
    ["arn:aws:kms:eu-west-1:999999999999:key/x", "NotFoundException: \"Key 'arn:aws:kms:eu-west-1:999999999999:key/x' does not exist\""],
  ])("refuses the creation: there is no %s", async (named, reason) => {
    const plane = await keys.open();
    expect(await refusal(create(plane, named))).toBe(value(`the KMS key "${named}" cannot be used: ${reason}`));
  });

  test("refuses the creation: a text that names none, and KMS that does not answer", async () => {
    const plane = await keys.open();
    expect(await refusal(create(plane, "arn:aws:s3:::bucket"))).toMatch(
      /^InvalidParameterValueException: .*names no key of KMS; allowed: /,
    );
    keys.service.isDown = true;
    expect(await refusal(create(plane, keys.key("down")))).toMatch(
      /^ServiceUnavailableException: The key of 'kmsKeyId' cannot be reached: using the KMS key/,
    );
  });

  test("opens nothing five minutes after it was disabled, and again when it is enabled", async () => {
    const key = keys.key("comes-and-goes");
    const plane = await keys.open();
    const arn = await create(plane, key);
    keys.service.states.set(key, "disabled");
    expect(await documentOf(plane, arn)).toBe(SECRET);
    scene.now += KEPT;
    expect(await refusal(documentOf(plane, arn))).toMatch(/^ClientException: .* is disabled/);
    keys.service.states.delete(key);
    scene.now += 5_000;
    expect(await documentOf(plane, arn)).toBe(SECRET);
  });

  test("is asked again when KMS answers again; until then clients are told to come back", async () => {
    const key = keys.key("down-and-up");
    const arn = await create(await keys.open(), key);
    const plane = await keys.open();
    keys.service.isDown = true;
    expect(await refusal(documentOf(plane, arn))).toMatch(/^ServiceUnavailableException: What a resource has .* cannot be opened now: /);
    keys.service.isDown = false;
    scene.now += 5_000;
    expect(await documentOf(plane, arn)).toBe(SECRET);
  });
});

test("an alias that was moved seals under its new key, and what is under the old one stays", async () => {
  const [old, next] = [keys.key("old"), keys.key("next")];
  const alias = keys.alias("moved", old);
  const plane = await keys.open();
  const first = await create(plane, "alias/moved");
  keys.service.aliases.set(alias, next);
  scene.now += KEPT;
  const second = await create(plane, "alias/moved");
  keys.service.states.set(old, "disabled");
  scene.now += KEPT;
  expect(await documentOf(plane, second)).toBe(SECRET);
  expect(await refusal(documentOf(plane, first))).toMatch(/^ClientException/);
});

describe("a rotation", () => {
  test("makes new data keys under the same keys, leaves what it cannot open, and says why", async () => {
    const [good, bad] = [keys.key("good"), keys.key("bad")];
    const plane = await keys.open();
    const [one, two] = [await create(plane, good), await create(plane, bad)];
    const before = [await stored(one), await stored(two)];
    keys.service.states.set(bad, "disabled");
    scene.now += KEPT;
    const { resourceKeys } = await plane.encryption.rotate();
    const of = (key: string) => resourceKeys.filter((status) => status.key === key).map(({ texts, problem }) => [texts, problem]);
    expect(of(good)).toEqual([
      [0, null],
      [1, null],
    ]);
    expect(of(bad)).toEqual([[1, expect.stringContaining(`${bad} is disabled.`)]]);
    expect([(await stored(one)) === before[0], (await stored(two)) === before[1]]).toEqual([false, true]);
    expect(await documentOf(plane, one)).toBe(SECRET);
    const other = await keys.open();
    expect(await documentOf(other, await create(plane, good))).toBe(SECRET);
  });

  test("gives the key of its own to what was stored while keys were kept; nothing gives it back", async () => {
    const key = keys.key("later");
    const arn = await create(await keys.open("keep"), key);
    expect(await stored(arn)).toBe(SECRET);
    await (await keys.open("use")).encryption.rotate();
    expect((await stored(arn)).startsWith("\u0001sealed:")).toBe(true);
    const kept = await keys.open("keep", { encryptionKey: keyFileWrapper(newKeyFile(), "server.key") });
    const { resourceKeys } = await kept.encryption.rotate();
    expect(resourceKeys.filter((status) => status.key === key).map(({ texts }) => texts)).toEqual([0, 1]);
    expect(await documentOf(kept, arn)).toBe(SECRET);
  });
});
