// A service whose database is encrypted, by the programs that an operator calls.
import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { GetComponentCommand } from "@aws-sdk/client-imagebuilder";
import type { EncryptionStatus } from "@imagewright/control-plane";
import { expect, test } from "@jest/globals";
import { Client } from "pg";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { ib } from "./ib.js";
import { clientOf, createComponent, MANAGED, withService } from "./testing/service.js";

async function storedDocuments(url: string): Promise<readonly string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ document: string }>("select document from resource where owner <> 'aws' order by id")).rows.map(
      ({ document }) => document,
    );
  } finally {
    await client.end();
  }
}

test("a service is encrypted, its keys are changed while it runs, and without its key it does not start", () =>
  withService(async (start, { folder, databaseUrl }) => {
    const environment = { IMAGEWRIGHT_DATABASE_URL: databaseUrl };
    const run = async (...words: string[]) => ib(words, { folder, environment });
    const status = async (...words: string[]) => JSON.parse((await run("encryption", ...words, "--json")).stdout) as EncryptionStatus;
    const plain = start();
    await createComponent(await clientOf(await plain.answering), "before");
    plain.child.kill("SIGTERM");
    await plain.ended;
    expect((await run("encryption", "status")).stdout).toBe(`not encrypted: ${MANAGED + 2} texts in the clear\n`);

    const made = await run("encryption", "new-key", "one.key");
    expect([made.code, (await stat(join(folder, "one.key"))).mode & 0o777]).toEqual([0, 0o600]);
    const name = /^(key file [0-9a-f]{12}), in one\.key\n$/.exec(made.stdout)?.[1] ?? "";
    const key = ["--encryption-key", join(folder, "one.key")];
    const first = start(key);
    const served = await first.answering;
    expect(served.encryptionKey).toBe(join(folder, "one.key"));
    const arn = await createComponent(await clientOf(served), "after");
    const [before, after] = await storedDocuments(databaseUrl);
    expect([before?.includes("ExecuteBash"), after?.includes("ExecuteBash")]).toEqual([true, false]);

    // the running server's record names its key
    expect(await status("rotate", ...key)).toMatchObject({
      wrappedBy: [name],
      dataKeys: [{ texts: 0 }, { texts: MANAGED + 3 }],
      plainTexts: 0,
    });
    const { component } = await (await clientOf(served)).send(new GetComponentCommand({ componentBuildVersionArn: arn }));
    expect(component?.data).toContain("ExecuteBash");
    await run("encryption", "new-key", "two.key");
    expect((await status("rewrap", "two.key", ...key)).wrappedBy).not.toEqual([name]);
    await createComponent(await clientOf(served), "meanwhile");
    first.child.kill("SIGTERM");
    await first.ended;

    for (const [flags, problem] of [
      [[], "the database is encrypted, and no key was given; its data keys are wrapped by key file "],
      [key, `the data keys of the database are wrapped by key file `],
    ] as const) {
      const { code, stdout, stderr } = await start([...flags]).ended;
      expect([code, `${stdout}${stderr}`]).toEqual([expect.any(Number), expect.stringContaining(problem)]);
      expect(code).not.toBe(0);
    }
    const second = start(["--encryption-key", join(folder, "two.key")]);
    const again = await (await clientOf(await second.answering)).send(new GetComponentCommand({ componentBuildVersionArn: arn }));
    expect(again.component?.data).toContain("ExecuteBash");
  }));

test("key files that are none, or that others can read, are refused", () =>
  withTemporaryFolder(async (folder) => {
    const run = async (...words: string[]) => ib(words, { folder });
    await run("encryption", "new-key", "good.key");
    const text = await readFile(join(folder, "good.key"), "utf8");
    expect(await run("encryption", "new-key", "good.key")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the key file "good.key" cannot be written: there is something of this name'),
    });
    expect(await readFile(join(folder, "good.key"), "utf8")).toBe(text);
    await writeFile(join(folder, "open.key"), text, { mode: 0o644 });
    await chmod(join(folder, "open.key"), 0o644);
    await writeFile(join(folder, "other.key"), "secret\n", { mode: 0o600 });
    await writeFile(join(folder, "large.key"), "x".repeat(5000), { mode: 0o600 });
    await mkdir(join(folder, "folder.key"));
    for (const [file, problem] of [
      ["open.key", "every user of this computer can read it"],
      ["none.key", "ENOENT"],
      ["folder.key", "it is no regular file"],
      ["large.key", "it has 5000 bytes; at most 4096 are allowed"],
      ["other.key", "is no key file of the encryption"],
    ] as const) {
      const { code, stderr } = await run("serve", "--listen", "127.0.0.1:0", "--encryption-key", file);
      expect([file, code, stderr]).toEqual([file, expect.any(Number), expect.stringContaining(problem)]);
      expect(code).not.toBe(0);
    }
    expect(existsSync(join(folder, "home"))).toBe(false);
    expect((await run("serve", "--encryption-key", "arn:aws:kms:eu-west-1:12:alias/x")).stderr).toContain(
      '"arn:aws:kms:eu-west-1:12:alias/x" is not the ARN of a key of KMS',
    );
  }));
