// Resources under keys of KMS as moto has them, a server of others, by the programs that an operator calls. moto answers for keys that are
// disabled or about to be deleted, other than KMS; the quick tests of the control plane have these.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { CreateComponentCommand, GetComponentCommand, ListComponentsCommand, type ImagebuilderClient } from "@aws-sdk/client-imagebuilder";
import { CreateAliasCommand, CreateKeyCommand, KMSClient, UpdateAliasCommand } from "@aws-sdk/client-kms";
import type { EncryptionStatus } from "@imagewright/control-plane";
import { createTestDatabase } from "@imagewright/embedded-database/testing";
import { motoProgram, startMoto, type Moto } from "@imagewright/test-kit/moto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Client } from "pg";
import { ib } from "./ib.js";
import { clientOf, withService, type ServerProcess } from "./testing/service.js";
import { SwitchedProxy } from "./testing/switched-proxy.js";

const program = motoProgram();
const given = program === undefined ? describe.skip : describe;
const region = "us-east-1";
const SECRET = "very-secret";
const DATA = `schemaVersion: 1.0\nphases: [{ name: build, steps: [{ name: A, action: ExecuteBash, inputs: { commands: [echo ${SECRET}] } }] }]\n`;

let moto: Moto | undefined;
let kms: KMSClient;
let way: SwitchedProxy;
beforeAll(async () => {
  if (program === undefined) return;
  moto = await startMoto(program);
  way = new SwitchedProxy(moto.port);
  await way.mend();
  kms = new KMSClient({ endpoint: moto.url, region, credentials: { accessKeyId: "testing", secretAccessKey: "testing" } });
});
afterAll(async () => {
  await way?.cut();
  await moto?.stop();
});

const environment = () => ({
  ...{ AWS_ENDPOINT_URL_KMS: way.url, AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing", AWS_MAX_ATTEMPTS: "1" },
  IMAGEWRIGHT_RESOURCE_KEYS: "use",
});

async function newKey(
  alias: string,
): Promise<{ readonly arn: string; readonly id: string; readonly alias: string; readonly aliasArn: string }> {
  const { Arn: arn = "", KeyId: id = "" } = (await kms.send(new CreateKeyCommand({}))).KeyMetadata ?? {};
  await kms.send(new CreateAliasCommand({ AliasName: `alias/${alias}`, TargetKeyId: id }));
  return { arn, id, alias: `alias/${alias}`, aliasArn: `${arn.slice(0, arn.indexOf(":key/"))}:alias/${alias}` };
}

async function create(client: ImagebuilderClient, name: string, kmsKeyId: string): Promise<string> {
  const input = { name, semanticVersion: "1.0.0", platform: "Linux", data: DATA, kmsKeyId } as const;
  return (await client.send(new CreateComponentCommand(input))).componentBuildVersionArn ?? "";
}

const read = async (client: ImagebuilderClient, componentBuildVersionArn: string) =>
  (await client.send(new GetComponentCommand({ componentBuildVersionArn }))).component?.data;

/** What a call answers in place of a document. */
const refusal = (call: Promise<unknown>) =>
  call.then(
    (answer) => `no error: ${String(answer)}`,
    ({ name, message }: Error) => `${name}: ${message}`,
  );

async function end({ child, ended }: ServerProcess): Promise<void> {
  child.kill("SIGTERM");
  await ended;
}

async function storedTexts(url: string): Promise<readonly string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ document: string }>("select document from resource where owner <> 'aws'");
  await client.end();
  return rows.map(({ document }) => document);
}

given(`keys of moto's KMS${program === undefined ? " (skipped: PyPI cannot be reached, or python3 has no venv)" : ""}`, () => {
  test("seal resources on two servers, through restarts, an outage, an alias that moves, a rotation and a backup, until they are gone", () =>
    withService(async (start, { folder, databaseUrl }) => {
      const run = (...words: string[]) => ib(words, { folder, environment: { ...environment(), IMAGEWRIGHT_DATABASE_URL: databaseUrl } });
      for (const name of ["two", "three"]) await mkdir(join(folder, name));
      const key = await newKey("images");
      const one = start([], folder, environment());
      const client = await clientOf(await one.answering);
      const arns = [];
      for (const [index, named] of [key.id, key.arn, key.alias, key.aliasArn].entries())
        arns.push(await create(client, `component-${index}`, named));
      for (const arn of arns) expect(await read(client, arn)).toBe(DATA);
      expect((await storedTexts(databaseUrl)).map((text) => [text.startsWith("\u0001sealed:"), text.includes(SECRET)])).toEqual(
        arns.map(() => [true, false]),
      );

      // another server, which has opened nothing yet
      const two = start([], join(folder, "two"), environment());
      const { credentialsFile } = await one.answering;
      const other = await clientOf({ ...(await two.answering), credentialsFile });
      expect(await read(other, arns[0] ?? "")).toBe(DATA);
      await create(other, "of-two", key.arn);

      // no such keys: of nobody, and of another account
      for (const named of [
        "alias/none",
        "00000000-0000-4000-8000-000000000000",
        `arn:aws:kms:${region}:999999999999:key/00000000-0000-4000-8000-000000000001`,
      ])
        expect(await refusal(create(client, "refused", named))).toMatch(
          /^InvalidParameterValueException: The value supplied for parameter 'kmsKeyId' is not valid\. the KMS key ".*" cannot be used: NotFoundException/,
        );
      expect(await refusal(create(client, "refused", "arn:aws:kms:us-east-1:1:key"))).toMatch(
        /^InvalidParameterValueException: .* names no key of KMS/,
      );
      expect((await storedTexts(databaseUrl)).length).toBe(arns.length + 1);

      // an outage: a server starts, serves what it can, and the rest when KMS answers again
      await end(two);
      await way.cut();
      const three = start([], join(folder, "three"), environment());
      const late = await clientOf({ ...(await three.answering), credentialsFile });
      expect(await refusal(read(late, arns[0] ?? ""))).toMatch(
        /^ServiceUnavailableException: What a resource has under a KMS key of its own/,
      );
      expect(await refusal(create(late, "refused", key.arn))).toMatch(
        /^ServiceUnavailableException: The key of 'kmsKeyId' cannot be reached/,
      );
      expect((await late.send(new ListComponentsCommand({ owner: "Self" }))).componentVersionList).toHaveLength(arns.length + 1);
      await way.mend();
      while ((await refusal(read(late, arns[0] ?? ""))) !== `no error: ${DATA}`) await new Promise((resolve) => setTimeout(resolve, 250));
      await end(three);

      // the alias moves: what is new is under the new key
      const next = await newKey("next");
      await kms.send(new UpdateAliasCommand({ AliasName: key.alias, TargetKeyId: next.id }));
      await end(one);
      const again = start([], folder, environment());
      const after = await clientOf(await again.answering);
      const moved = await create(after, "moved", key.alias);
      expect([await read(after, moved), await read(after, arns[2] ?? "")]).toEqual([DATA, DATA]);
      const { code, stdout } = await run("encryption", "rotate", "--json");
      expect(code).toBe(0);
      const { resourceKeys } = JSON.parse(stdout) as EncryptionStatus;
      expect(resourceKeys.map((status) => [status.key, status.texts, status.problem])).toEqual([
        [key.arn, 0, null],
        [next.arn, 0, null],
        [key.arn, arns.length + 1, null],
        [next.arn, 1, null],
      ]);
      expect([await read(after, moved), await read(after, arns[0] ?? "")]).toEqual([DATA, DATA]);
      await end(again);

      // a backup needs the keys as well
      expect((await run("backup", "images.backup")).code).toBe(0);
      await fetch(`${moto?.url ?? ""}/moto-api/reset`, { method: "POST" });
      const empty = await createTestDatabase({ name: "ib restore", migrate: () => Promise.resolve() });
      const restored = await run("restore", "images.backup", "--database-url", empty.url, "--data-dir", "restored");
      await empty.drop();
      expect([restored.code, restored.stderr.match(/^warning: .*NotFoundException/gm)?.length]).toEqual([0, 2]);

      // the keys are gone: each of their resources says so, and nothing else is concerned
      const last = start([], folder, environment());
      const left = await clientOf(await last.answering);
      expect(await refusal(read(left, arns[0] ?? ""))).toBe(
        `ClientException: What a resource has under a KMS key of its own cannot be opened: the KMS key "${key.arn}" cannot be used: NotFoundException: "Key '${key.arn}' does not exist".`,
      );
      expect((await left.send(new ListComponentsCommand({ owner: "Self" }))).componentVersionList).toHaveLength(arns.length + 2);
      const status = await run("encryption", "status");
      expect([status.code, status.stdout.split("\n").filter((line) => line.includes("NotFoundException")).length]).toEqual([1, 4]);
      const audit = await run("audit", "--failed", "--json");
      expect(audit.stdout).toContain(key.arn);
    }));
});
